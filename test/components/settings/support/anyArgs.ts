import fc from "fast-check";
import { nearFeatureLimits } from "./anyFeatureArgs";
import { around } from "./arbitraries";
import type { PlainArgs } from "./awsRejections";

/** Strings of one character of `unit`, mostly as long as allowed or one longer. */
const upTo = (longest: number, unit: string) =>
  fc
    .tuple(
      fc.constantFrom(0, 1, longest - 1, longest, longest + 1),
      fc.constantFrom(...Array.from(unit)),
    )
    .map(([length, character]) => character.repeat(length));

const noise = fc.constantFrom("", " ", "#", "!", "\n", "/", ":", "ä", "\u2028", "😀", "{", "'");
const disturbed = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 1, arbitrary: fc.tuple(value, noise).map(([before, after]) => before + after) },
    { weight: 1, arbitrary: fc.tuple(value, noise).map(([after, before]) => before + after) },
  );

const arn = (service: string, region: string, account: string, resource: fc.Arbitrary<string>) =>
  disturbed(
    fc
      .tuple(fc.constantFrom("aws", "aws-cn", "aws-us-gov", ""), resource)
      .map(([partition, name]) => `arn:${partition}:${service}:${region}:${account}:${name}`),
  );
const named = (kind: string, longest: number) =>
  upTo(longest, "aA1_.-/ ").map((name) => `${kind}${name}`);
const account = "123456789012";

const pieces = fc.constantFrom(
  ...[
    "raw/",
    "errors/",
    "a",
    "year=",
    "!{firehose:error-output-type}",
    "!{firehose:random-string}",
  ],
  ...["!{timestamp:yyyy}", "!{timestamp:yyyy/MM/dd}", "!{timestamp:HH'h'}", "!{timestamp:YYYY}"],
  ...[
    "!{timestamp:bb}",
    "!{timestamp:ddd}",
    "!{timestamp:'}",
    "!{timestamp:}",
    "!{date:yyyy}",
    "!{",
  ],
  ...["!{firehose:uuid}", "!{partitionKeyFromQuery:id}", "}", "{", "!", "x".repeat(250), "\n"],
);
const prefix = fc.oneof(
  fc.array(pieces, { maxLength: 5 }).map((all) => all.join("")),
  fc
    .tuple(
      fc.constantFrom(490, 498, 499, 502, 508, 509, 512, 1024),
      fc.constantFrom("", "!{timestamp:yyyy}"),
    )
    .map(([length, time]) => `raw/${time}`.padEnd(length, "x")),
  fc.nat({ max: 90 }).map((count) => `raw/${"!{firehose:random-string}".repeat(count)}`),
);

const storageClass = fc.constantFrom(
  ...["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER"],
  ...["DEEP_ARCHIVE", "STANDARD"],
);
const afterDays = fc.oneof(
  fc.constantFrom(-1, 0, 1, 29, 30, 31, 59, 60, 89, 90, 119, 120, 150, 209, 210, 240),
  fc.nat({ max: 400 }),
);
const step = fc.record({ storageClass, afterDays }, { noNullPrototype: true });
const topic = (region: string) => arn("sns", region, account, named("", 300));
const actions = fc.array(fc.oneof(topic("us-east-1"), topic("eu-west-1")), { maxLength: 6 });

const one = <G extends keyof PlainArgs>(
  group: G,
  settings: { [S in keyof NonNullable<PlainArgs[G]>]: fc.Arbitrary<unknown> },
): fc.Arbitrary<PlainArgs>[] =>
  Object.entries<fc.Arbitrary<unknown>>(settings).map(([setting, values]) =>
    values.map((value) => ({ [group]: { [setting]: value } })),
  );

const tags = fc.oneof(
  fc.tuple(disturbed(upTo(128, "kK1 @#")), disturbed(upTo(256, "v_;"))).map((tag) => [tag]),
  fc.constantFrom(
    [["aws:x", "1"]],
    [["a", "AWS:"]],
    [
      ["Team", "1"],
      ["team", "2"],
    ],
  ),
  fc.integer({ min: 49, max: 51 }).map((count) => Array.from({ length: count }, (_, i) => [i, ""])),
);

const oneSetting = [
  ...one("stream", {
    shardCount: around(1, 10_000),
    retentionHours: around(24, 8760),
    shardLevelMetrics: fc.array(
      fc.constantFrom("IncomingBytes", "OutgoingRecords", "IteratorAgeMilliseconds", "ALL", ""),
      { maxLength: 8 },
    ),
  }),
  ...one("bucket", {
    noncurrentExpiryDays: around(1, 100),
    errorExpiryDays: around(1, 100),
    expiryDays: around(1, 250),
    tiering: fc.array(step, { maxLength: 3 }),
  }),
  ...one("delivery", {
    bufferSizeMiB: around(1, 128),
    bufferIntervalSeconds: around(0, 900),
    compression: fc.constantFrom("GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "SNAPPY", "gzip"),
    fileExtension: disturbed(upTo(46, "a0.-A").map((name) => `.${name}.gz`)),
    prefix,
    errorPrefix: prefix,
    timeZone: disturbed(fc.constantFrom("UTC", "Europe/Berlin", "Asia/Tokyo", "CET", "GMT+1")),
    logRetentionDays: fc.oneof(fc.constantFrom(1, 3, 30, 90, 365, 3653), around(1, 3653)),
  }),
  ...one("roles", {
    path: disturbed(upTo(398, "pP.@ !").map((name) => (name === "" ? "/" : `/${name}/`))),
    permissionsBoundaryArn: arn("iam", "", account, named("policy/", 128)),
  }),
  ...one("existing", {
    streamArn: arn("kinesis", "us-east-1", account, named("stream/", 128)),
    bucketArn: arn("s3", "", "", named("", 255)),
    roleArn: arn("iam", "", account, named("role/", 481)),
    keyArn: arn("kms", "us-east-1", account, fc.constantFrom("key/1234abcd-12ab", "key/")),
    bucketKeyArn: arn("kms", "us-east-1", account, fc.constantFrom("key/1234abcd-12ab", "key/")),
  }),
  ...one("alarms", { actionArns: actions, okActionArns: actions }),
];

/** Args with one setting, or a few that AWS compares, near its limits, on either side of them. */
export const nearLimits: fc.Arbitrary<PlainArgs> = fc.oneof(
  ...oneSetting,
  { weight: 8, arbitrary: nearFeatureLimits },
  fc
    .record({ tiering: fc.array(step, { maxLength: 2 }), expiryDays: around(29, 121) })
    .map((bucket) => ({ bucket })),
  fc.record({ prefix, errorPrefix: prefix }).map((delivery) => ({ delivery })),
  fc.record({ actionArns: actions, okActionArns: actions }).map((alarms) => ({ alarms })),
  tags.map((pairs) => ({ tags: Object.fromEntries(pairs) as Record<string, string> })),
);
