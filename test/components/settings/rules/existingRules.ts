import { arns, type RejectedArgs, type Rule } from "./rule";

const { streamArn, bucketArn, roleArn, accessLogBucketArn } = arns;
const { keyArn, streamKeyArn, bucketKeyArn } = arns;

const invalidArn = (setting: string, value: unknown): RejectedArgs => ({
  args: { existing: { [setting]: value } },
  path: `existing.${setting}`,
  reason: /^is "/,
  allowed: /^an ARN such as arn:aws:/,
});

const roleOf = (length: number) => `arn:aws:iam::123456789012:role/${"r".repeat(length - 31)}`;

export const existingRules: readonly Rule[] = [
  {
    rule: "existing resources are specified by ARNs that Firehose accepts",
    source: "Firehose API, patterns of KinesisStreamARN, BucketARN, RoleARN and AWSKMSKeyARN",
    accepted: [
      { existing: { streamArn, bucketArn, roleArn, keyArn } },
      { existing: { streamArn: streamArn.replace("user-events-stream", "s".repeat(128)) } },
      {
        existing: { streamArn: "arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/A_b.c-1" },
      },
      { existing: { bucketArn: "arn:aws-cn:s3:::a.b" } },
      { existing: { bucketArn: `arn:aws:s3:::Old_Bucket.${"b".repeat(244)}` } },
      { existing: { roleArn: "arn:aws:iam::123456789012:role/service-role/a_b+c=d,e.f@g-h" } },
      { existing: { roleArn: roleOf(512) } },
      { existing: { keyArn: keyArn.replace(/key\/.*/, `key/mrk-${"0".repeat(32)}`) } },
    ],
    rejected: [
      invalidArn("streamArn", "user-events-stream"),
      invalidArn("streamArn", streamArn.replace("user-events-stream", "s".repeat(129))),
      invalidArn("streamArn", streamArn.replace("123456789012", "12345678901")),
      invalidArn("streamArn", streamArn.replace("user-events-stream", "user events")),
      invalidArn("streamArn", `${streamArn}/consumer/x:1`),
      invalidArn("streamArn", streamArn.replace("arn:aws:", "arn:awsome:")),
      invalidArn("bucketArn", "my-data-lake-bucket"),
      invalidArn("bucketArn", `${bucketArn}/raw`),
      invalidArn("bucketArn", "arn:aws:s3:::ab"),
      invalidArn("bucketArn", `arn:aws:s3:::${"b".repeat(256)}`),
      invalidArn("roleArn", "FirehoseDeliveryRole"),
      invalidArn("roleArn", "arn:aws:iam::123456789012:role/path/"),
      invalidArn("roleArn", "arn:aws:iam::123456789012:role/pa!th/Role"),
      invalidArn("roleArn", roleOf(513)),
      invalidArn("keyArn", "1234abcd-12ab-34cd-56ef-1234567890ab"),
      invalidArn("keyArn", "alias/lake"),
      invalidArn("keyArn", "arn:aws:kms:us-east-1:123456789012:alias/lake"),
      invalidArn("streamKeyArn", "alias/stream"),
      invalidArn("bucketKeyArn", "alias/lake"),
      invalidArn("accessLogBucketArn", "my-access-logs"),
      invalidArn("accessLogBucketArn", `${accessLogBucketArn}\n`),
    ],
  },
  {
    rule: "stream and bucket have one key, or one each",
    source: "the pipeline's: the setting would silently have no effect",
    accepted: [
      { existing: { keyArn, streamKeyArn } },
      { existing: { keyArn, bucketKeyArn } },
      { existing: { streamKeyArn, bucketKeyArn } },
      { existing: { streamArn, bucketArn, roleArn, streamKeyArn, bucketKeyArn } },
    ],
    rejected: [
      {
        args: { existing: { keyArn, streamKeyArn, bucketKeyArn } },
        path: "existing.keyArn",
        reason:
          /^has no effect, because existing\.streamKeyArn and existing\.bucketKeyArn replace it$/,
        allowed: /^at most two of the three keys$/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "the bucket's account has twelve digits, and is set only together with a bucket",
    source: "AWS Account Management, account identifiers",
    accepted: [{ existing: { bucketArn, bucketAccountId: "012345678901" } }],
    rejected: [
      ...["12345678901", "1234567890123", 123456789012].map((bucketAccountId) => ({
        args: { existing: { bucketArn, bucketAccountId } },
        path: "existing.bucketAccountId",
        reason: /^is (?:"\d+"|the number \d+, not a string)$/,
        allowed: /^twelve digits, in quotes if the first is 0$/,
      })),
      {
        args: { existing: { bucketAccountId: "123456789012" } },
        path: "existing.bucketAccountId",
        reason: /^is the account of an existing bucket, but existing\.bucketArn is not set$/,
        allowed: /^both existing\.bucketArn and existing\.bucketAccountId, or neither$/,
        fix: "removal",
      },
    ],
  },
  {
    rule: "existing resources have no settings, because they are not managed",
    source: "the pipeline's: the setting would silently have no effect",
    accepted: [{ existing: { bucketArn }, stream: { retentionHours: 24 } }],
    rejected: [
      {
        args: { existing: { streamArn }, stream: { retentionHours: 24 } },
        path: "stream.retentionHours",
        reason: /^has no effect on the existing stream user-events-stream$/,
        allowed: /^no stream settings together with existing\.streamArn/,
        fix: "removal",
      },
      {
        args: { existing: { bucketArn }, bucket: { versioning: false } },
        path: "bucket.versioning",
        reason: /^has no effect on the existing bucket my-data-lake-bucket$/,
        allowed: /^no bucket settings together with existing\.bucketArn/,
        fix: "removal",
      },
      {
        args: { existing: { roleArn }, roles: { path: "/delivery/" } },
        path: "roles.path",
        reason: /^has no effect on the existing role FirehoseDeliveryRole$/,
        allowed: /^no roles settings together with existing\.roleArn/,
        fix: "removal",
      },
    ],
  },
];
