import { arns, type RejectedArgs, type Rule } from "./rule";

const tiering = (...steps: readonly (readonly [string, number])[]) => ({
  bucket: { tiering: steps.map(([storageClass, afterDays]) => ({ storageClass, afterDays })) },
});

/** Steps of which the last comes too early. */
const tooEarly = (args: ReturnType<typeof tiering>, earliest: number): RejectedArgs => ({
  args,
  path: `bucket.tiering[${args.bucket.tiering.length - 1}].afterDays`,
  reason: /^is \d+, too early for [A-Z_]+/,
  allowed: new RegExp(`^${earliest} days or more$`),
  fix: "suggestion",
});

const days = ["noncurrentExpiryDays", "expiryDays", "errorExpiryDays"] as const;
const switches = ["versioning", "accessLogs", "forceDestroy"] as const;

export const bucketRules: readonly Rule[] = [
  {
    rule: "the lifecycle counts in whole days, one or more",
    source: "S3 API, LifecycleExpiration and NoncurrentVersionExpiration",
    accepted: [
      ...days.map((setting) => ({ bucket: { [setting]: 1 } })),
      ...days.map((setting) => ({ bucket: { [setting]: 36_500 } })),
      { bucket: { accessLogs: true, accessLogExpiryDays: 1 } },
    ],
    rejected: [
      ...days.flatMap((setting) =>
        [0, 0.5, 36_501].map((value) => ({
          args: { bucket: { [setting]: value } },
          path: `bucket.${setting}`,
          reason: new RegExp(`^is ${value}$`),
          allowed: /^a whole number of days from 1 to 36500$/,
          ...(setting !== "expiryDays" && { fix: "suggestion" as const }),
        })),
      ),
      {
        args: { bucket: { accessLogs: true, accessLogExpiryDays: 0 } },
        path: "bucket.accessLogExpiryDays",
        reason: /^is 0$/,
        allowed: /^a whole number of days/,
        fix: "suggestion",
      },
    ],
  },
  {
    rule: "a switch is true or false",
    source: "the pipeline's: JavaScript would take a string such as no for true",
    accepted: switches.map((setting) => ({ bucket: { [setting]: false } })),
    rejected: switches.map((setting) => ({
      args: { bucket: { [setting]: "no" } },
      path: `bucket.${setting}`,
      reason: /^is "no"$/,
      allowed: /^true or false$/,
      fix: "suggestion",
    })),
  },
  {
    rule: "a tiering step has a storage class and an age",
    source: "S3 API, Transition",
    accepted: [
      tiering(),
      tiering(["INTELLIGENT_TIERING", 0]),
      tiering(["GLACIER_IR", 0]),
      tiering(["GLACIER", 0]),
      tiering(["DEEP_ARCHIVE", 0]),
    ],
    rejected: [
      {
        args: tiering(["STANDARD", 30]),
        path: "bucket.tiering[0].storageClass",
        reason: /^is "STANDARD"$/,
        allowed: /^STANDARD_IA, INTELLIGENT_TIERING, .*, DEEP_ARCHIVE$/,
      },
      {
        args: { bucket: { tiering: [{ storageClass: "GLACIER" }] } },
        path: "bucket.tiering[0].afterDays",
        reason: /^is missing$/,
        allowed: /^a whole number of days from 0 to 36500$/,
      },
      {
        args: { bucket: { tiering: [{ storageClass: "GLACIER", afterDays: 1, days: 1 }] } },
        path: "bucket.tiering[0].days",
        reason: /^is not a setting/,
        allowed: /^storageClass, afterDays$/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "objects are at least 30 days old before they move to an infrequent access class",
    source: 'S3: "Days in Transition action must be greater than or equal to 30"',
    accepted: [tiering(["STANDARD_IA", 30]), tiering(["ONEZONE_IA", 30])],
    rejected: [
      tooEarly(tiering(["STANDARD_IA", 29]), 30),
      tooEarly(tiering(["ONEZONE_IA", 0]), 30),
      tooEarly(tiering(["INTELLIGENT_TIERING", 0], ["ONEZONE_IA", 29]), 30),
    ],
  },
  {
    rule: "objects stay at least 30 days in an infrequent access class, and 90 days in a Glacier class",
    source: 'S3: "Days in the Transition action ... must be 90 days more than"; User Guide',
    accepted: [
      tiering(["STANDARD_IA", 30], ["GLACIER", 60], ["DEEP_ARCHIVE", 150]),
      tiering(["STANDARD_IA", 30], ["INTELLIGENT_TIERING", 60], ["GLACIER_IR", 61]),
      tiering(["STANDARD_IA", 30], ["ONEZONE_IA", 60], ["DEEP_ARCHIVE", 90]),
      tiering(["GLACIER_IR", 0], ["GLACIER", 90], ["DEEP_ARCHIVE", 180]),
    ],
    rejected: [
      tooEarly(tiering(["STANDARD_IA", 30], ["GLACIER_IR", 59]), 60),
      tooEarly(tiering(["STANDARD_IA", 40], ["ONEZONE_IA", 69]), 70),
      tooEarly(tiering(["ONEZONE_IA", 30], ["DEEP_ARCHIVE", 59]), 60),
      tooEarly(tiering(["INTELLIGENT_TIERING", 5], ["GLACIER", 5]), 6),
      tooEarly(tiering(["GLACIER_IR", 0], ["DEEP_ARCHIVE", 89]), 90),
      tooEarly(tiering(["GLACIER", 10], ["DEEP_ARCHIVE", 99]), 100),
    ],
  },
  {
    rule: "objects move only to a cheaper storage class that S3 supports as the next one",
    source: "S3 User Guide, supported and unsupported lifecycle transitions",
    accepted: [tiering(["STANDARD_IA", 30], ["INTELLIGENT_TIERING", 60], ["ONEZONE_IA", 90])],
    rejected: [
      ["INTELLIGENT_TIERING", "STANDARD_IA"],
      ["ONEZONE_IA", "INTELLIGENT_TIERING"],
      ["ONEZONE_IA", "GLACIER_IR"],
      ["GLACIER", "GLACIER_IR"],
      ["GLACIER", "GLACIER"],
      ["DEEP_ARCHIVE", "GLACIER"],
    ].map(([from = "", to = ""]) => ({
      args: tiering([from, 100], [to, 300]),
      path: "bucket.tiering[1].storageClass",
      reason: new RegExp(`^is ${to}, but S3 cannot transition objects from ${from} to it$`),
      allowed: from === "DEEP_ARCHIVE" ? /^no step after DEEP_ARCHIVE$/ : /DEEP_ARCHIVE$/,
    })),
  },
  {
    rule: "objects expire later than their last transition",
    source: "S3: \"'Days' in the Expiration action must be greater than in the Transition action\"",
    accepted: [{ bucket: { ...tiering(["GLACIER", 10]).bucket, expiryDays: 11 } }],
    rejected: [
      {
        args: { bucket: { ...tiering(["GLACIER", 10]).bucket, expiryDays: 10 } },
        path: "bucket.expiryDays",
        reason: /^is 10, but objects move to GLACIER only after 10 days$/,
        allowed: /^11 days or more$/,
        fix: "suggestion",
      },
      {
        args: { bucket: { ...tiering(["GLACIER", 36_500]).bucket, expiryDays: 10 } },
        path: "bucket.expiryDays",
        reason: /^is 10, but objects move to GLACIER only after 36500 days$/,
        allowed: /^no value: at most 36500 days are supported$/,
      },
    ],
  },
  {
    rule: "access logs go to one bucket, and their expiry is set only for a new one",
    source: "the pipeline's: the setting would silently have no effect",
    accepted: [
      { bucket: { accessLogs: true, accessLogExpiryDays: 7 } },
      { existing: { accessLogBucketArn: arns.accessLogBucketArn } },
      {
        bucket: { accessLogs: false },
        existing: { accessLogBucketArn: arns.accessLogBucketArn },
      },
    ],
    rejected: [
      {
        args: {
          bucket: { accessLogs: true },
          existing: { accessLogBucketArn: arns.accessLogBucketArn },
        },
        path: "bucket.accessLogs",
        reason: /^is true .* existing\.accessLogBucketArn specifies one$/,
        allowed: /^one of the two$/,
        fix: "removal",
      },
      {
        args: {
          existing: { bucketArn: arns.bucketArn, accessLogBucketArn: arns.accessLogBucketArn },
        },
        path: "existing.accessLogBucketArn",
        reason: /^has no effect on the existing bucket/,
        allowed: /together with existing\.bucketArn$/,
        fix: "removal",
      },
      {
        args: { bucket: { accessLogExpiryDays: 7 } },
        path: "bucket.accessLogExpiryDays",
        reason: /^has no effect without a bucket for access logs$/,
        allowed: /^only together with bucket\.accessLogs: true$/,
        fix: "removal",
      },
    ],
  },
];
