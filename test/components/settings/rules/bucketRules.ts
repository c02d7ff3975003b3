import { own, type Refused, type Rule } from "./rule";

const tiering = (...steps: readonly (readonly [string, number])[]) => ({
  bucket: { tiering: steps.map(([storageClass, afterDays]) => ({ storageClass, afterDays })) },
});

/** A step that comes too early: the place is the last step's. */
const tooEarly = (args: ReturnType<typeof tiering>, earliest: number): Refused => ({
  args,
  path: `bucket.tiering[${args.bucket.tiering.length - 1}].afterDays`,
  reason: /^is \d+, too early for [A-Z_]+/,
  allowed: new RegExp(`^${earliest} days or more$`),
  mend: "accepted",
});

const days = ["noncurrentExpiryDays", "expiryDays", "errorExpiryDays"] as const;
const switches = ["versioning", "accessLogs", "forceDestroy"] as const;

export const bucketRules: readonly Rule[] = [
  {
    rule: "days of the lifecycle are whole and positive",
    source: "S3 API, LifecycleExpiration and NoncurrentVersionExpiration",
    accepted: [
      ...days.map((setting) => ({ bucket: { [setting]: 1 } })),
      ...days.map((setting) => ({ bucket: { [setting]: 36_500 } })),
      { bucket: { accessLogs: true, accessLogExpiryDays: 1 } },
    ],
    refused: [
      ...days.flatMap((setting) =>
        [0, 0.5, 36_501].map((value) => ({
          args: { bucket: { [setting]: value } },
          path: `bucket.${setting}`,
          reason: new RegExp(`^is ${value}$`),
          allowed: /^a whole number of days from 1 to 36500$/,
          ...(setting !== "expiryDays" && { mend: "accepted" as const }),
        })),
      ),
      {
        args: { bucket: { accessLogs: true, accessLogExpiryDays: 0 } },
        path: "bucket.accessLogExpiryDays",
        reason: /^is 0$/,
        allowed: /^a whole number of days/,
        mend: "accepted",
      },
    ],
  },
  {
    rule: "switches are true or false",
    source: "the pipeline's: a text such as no would be true",
    accepted: switches.map((setting) => ({ bucket: { [setting]: false } })),
    refused: switches.map((setting) => ({
      args: { bucket: { [setting]: "no" } },
      path: `bucket.${setting}`,
      reason: /^is "no"$/,
      allowed: /^true or false$/,
      mend: "accepted",
    })),
  },
  {
    rule: "a step of tiering has a storage class and an age",
    source: "S3 API, Transition",
    accepted: [
      tiering(),
      tiering(["INTELLIGENT_TIERING", 0]),
      tiering(["GLACIER_IR", 0]),
      tiering(["GLACIER", 0]),
      tiering(["DEEP_ARCHIVE", 0]),
    ],
    refused: [
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
        mend: "surplus",
      },
    ],
  },
  {
    rule: "objects are a month old before they move to an infrequent access class",
    source: 'S3: "Days in Transition action must be greater than or equal to 30"',
    accepted: [tiering(["STANDARD_IA", 30]), tiering(["ONEZONE_IA", 30])],
    refused: [
      tooEarly(tiering(["STANDARD_IA", 29]), 30),
      tooEarly(tiering(["ONEZONE_IA", 0]), 30),
      tooEarly(tiering(["INTELLIGENT_TIERING", 0], ["ONEZONE_IA", 29]), 30),
    ],
  },
  {
    rule: "objects stay for a month in an infrequent access class, for 90 days in a Glacier class",
    source: 'S3: "Days in the Transition action ... must be 90 days more than"; User Guide',
    accepted: [
      tiering(["STANDARD_IA", 30], ["GLACIER", 60], ["DEEP_ARCHIVE", 150]),
      tiering(["STANDARD_IA", 30], ["INTELLIGENT_TIERING", 60], ["GLACIER_IR", 61]),
      tiering(["STANDARD_IA", 30], ["ONEZONE_IA", 60], ["DEEP_ARCHIVE", 90]),
      tiering(["GLACIER_IR", 0], ["GLACIER", 90], ["DEEP_ARCHIVE", 180]),
    ],
    refused: [
      tooEarly(tiering(["STANDARD_IA", 30], ["GLACIER_IR", 59]), 60),
      tooEarly(tiering(["STANDARD_IA", 40], ["ONEZONE_IA", 69]), 70),
      tooEarly(tiering(["ONEZONE_IA", 30], ["DEEP_ARCHIVE", 59]), 60),
      tooEarly(tiering(["INTELLIGENT_TIERING", 5], ["GLACIER", 5]), 6),
      tooEarly(tiering(["GLACIER_IR", 0], ["DEEP_ARCHIVE", 89]), 90),
      tooEarly(tiering(["GLACIER", 10], ["DEEP_ARCHIVE", 99]), 100),
    ],
  },
  {
    rule: "objects move down the storage classes, and into each one once",
    source: "S3 User Guide, supported and unsupported lifecycle transitions",
    accepted: [tiering(["STANDARD_IA", 30], ["INTELLIGENT_TIERING", 60], ["ONEZONE_IA", 90])],
    refused: [
      ["INTELLIGENT_TIERING", "STANDARD_IA"],
      ["ONEZONE_IA", "INTELLIGENT_TIERING"],
      ["ONEZONE_IA", "GLACIER_IR"],
      ["GLACIER", "GLACIER_IR"],
      ["GLACIER", "GLACIER"],
      ["DEEP_ARCHIVE", "GLACIER"],
    ].map(([from = "", to = ""]) => ({
      args: tiering([from, 100], [to, 300]),
      path: "bucket.tiering[1].storageClass",
      reason: new RegExp(`^is ${to}, which S3 moves nothing to from ${from}$`),
      allowed: from === "DEEP_ARCHIVE" ? /^no step after DEEP_ARCHIVE$/ : /DEEP_ARCHIVE$/,
    })),
  },
  {
    rule: "objects expire after they have moved for the last time",
    source: "S3: \"'Days' in the Expiration action must be greater than in the Transition action\"",
    accepted: [{ bucket: { ...tiering(["GLACIER", 10]).bucket, expiryDays: 11 } }],
    refused: [
      {
        args: { bucket: { ...tiering(["GLACIER", 10]).bucket, expiryDays: 10 } },
        path: "bucket.expiryDays",
        reason: /^is 10, but objects move to GLACIER only after 10 days$/,
        allowed: /^11 days or more$/,
        mend: "accepted",
      },
      {
        args: { bucket: { ...tiering(["GLACIER", 36_500]).bucket, expiryDays: 10 } },
        path: "bucket.expiryDays",
        reason: /^is 10, but objects move to GLACIER only after 36500 days$/,
        allowed: /^nothing, because 36500 days are the most$/,
      },
    ],
  },
  {
    rule: "access logs go to one bucket, and expire in one of the pipeline's own",
    source: "the pipeline's: the setting would silently do nothing",
    accepted: [
      { bucket: { accessLogs: true, accessLogExpiryDays: 7 } },
      { existing: { accessLogBucketArn: own.accessLogBucketArn } },
      {
        bucket: { accessLogs: false },
        existing: { accessLogBucketArn: own.accessLogBucketArn },
      },
    ],
    refused: [
      {
        args: {
          bucket: { accessLogs: true },
          existing: { accessLogBucketArn: own.accessLogBucketArn },
        },
        path: "bucket.accessLogs",
        reason: /^is true .* existing\.accessLogBucketArn names one$/,
        allowed: /^one of the two$/,
        mend: "surplus",
      },
      {
        args: {
          existing: { bucketArn: own.bucketArn, accessLogBucketArn: own.accessLogBucketArn },
        },
        path: "existing.accessLogBucketArn",
        reason: /^has no effect on the existing bucket/,
        allowed: /beside existing\.bucketArn$/,
        mend: "surplus",
      },
      {
        args: { bucket: { accessLogExpiryDays: 7 } },
        path: "bucket.accessLogExpiryDays",
        reason: /^has no effect without a bucket for access logs$/,
        allowed: /^bucket\.accessLogs: true beside it$/,
        mend: "surplus",
      },
    ],
  },
];
