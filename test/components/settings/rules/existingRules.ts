import { own, type Refused, type Rule } from "./rule";

const { streamArn, bucketArn, roleArn, keyArn, accessLogBucketArn } = own;

const noArn = (setting: string, value: unknown): Refused => ({
  args: { existing: { [setting]: value } },
  path: `existing.${setting}`,
  reason: /^is "/,
  allowed: /^an ARN such as arn:aws:/,
});

const roleOf = (length: number) => `arn:aws:iam::123456789012:role/${"r".repeat(length - 31)}`;

export const existingRules: readonly Rule[] = [
  {
    rule: "resources of one's own are named by ARNs that Firehose takes",
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
    refused: [
      noArn("streamArn", "user-events-stream"),
      noArn("streamArn", streamArn.replace("user-events-stream", "s".repeat(129))),
      noArn("streamArn", streamArn.replace("123456789012", "12345678901")),
      noArn("streamArn", streamArn.replace("user-events-stream", "user events")),
      noArn("streamArn", `${streamArn}/consumer/x:1`),
      noArn("streamArn", streamArn.replace("arn:aws:", "arn:awsome:")),
      noArn("bucketArn", "my-data-lake-bucket"),
      noArn("bucketArn", `${bucketArn}/raw`),
      noArn("bucketArn", "arn:aws:s3:::ab"),
      noArn("bucketArn", `arn:aws:s3:::${"b".repeat(256)}`),
      noArn("roleArn", "FirehoseDeliveryRole"),
      noArn("roleArn", "arn:aws:iam::123456789012:role/path/"),
      noArn("roleArn", "arn:aws:iam::123456789012:role/pa!th/Role"),
      noArn("roleArn", roleOf(513)),
      noArn("keyArn", "1234abcd-12ab-34cd-56ef-1234567890ab"),
      noArn("keyArn", "alias/lake"),
      noArn("keyArn", "arn:aws:kms:us-east-1:123456789012:alias/lake"),
      noArn("accessLogBucketArn", "my-access-logs"),
      noArn("accessLogBucketArn", `${accessLogBucketArn}\n`),
    ],
  },
  {
    rule: "the bucket's account has twelve digits, and there is a bucket",
    source: "AWS Account Management, account identifiers",
    accepted: [{ existing: { bucketArn, bucketAccountId: "012345678901" } }],
    refused: [
      ...["12345678901", "1234567890123", 123456789012].map((bucketAccountId) => ({
        args: { existing: { bucketArn, bucketAccountId } },
        path: "existing.bucketAccountId",
        reason: /^is "?\d+"?$/,
        allowed: /^twelve digits$/,
      })),
      {
        args: { existing: { bucketAccountId: "123456789012" } },
        path: "existing.bucketAccountId",
        reason: /^names the account of an existing bucket, and none is given$/,
        allowed: /^existing\.bucketArn beside it/,
        mend: "surplus",
      },
    ],
  },
  {
    rule: "nothing is set for what is not managed",
    source: "the pipeline's: the setting would silently do nothing",
    accepted: [{ existing: { bucketArn }, stream: { retentionHours: 24 } }],
    refused: [
      {
        args: { existing: { streamArn }, stream: { retentionHours: 24 } },
        path: "stream.retentionHours",
        reason: /^has no effect on the existing stream user-events-stream$/,
        allowed: /^no stream settings beside existing\.streamArn/,
        mend: "surplus",
      },
      {
        args: { existing: { bucketArn }, bucket: { versioning: false } },
        path: "bucket.versioning",
        reason: /^has no effect on the existing bucket my-data-lake-bucket$/,
        allowed: /^no bucket settings beside existing\.bucketArn/,
        mend: "surplus",
      },
      {
        args: { existing: { roleArn }, roles: { path: "/delivery/" } },
        path: "roles.path",
        reason: /^has no effect on the existing role FirehoseDeliveryRole$/,
        allowed: /^no roles settings beside existing\.roleArn/,
        mend: "surplus",
      },
    ],
  },
];
