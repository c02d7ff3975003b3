import { arn, arnParts, group, text } from "../leaf";

const { region, account } = arnParts;
/** Old buckets of us-east-1 have capitals, underscores and up to 255 characters. */
const bucketName = "[\\w.-]{3,255}";
/** API limit of the ARNs that Firehose takes, but for buckets. */
const longest = 512;

/**
 * ARNs, because an ARN also tells account, region and partition, so nothing is looked up.
 *
 * Source: Firehose API, patterns and lengths of KinesisStreamARN, BucketARN, RoleARN and
 * AWSKMSKeyARN.
 */
export const existing = group(
  "ExistingResources",
  "Resources of your own to use instead of new ones. They are read, never managed.",
  {
    streamArn: arn(
      "ARN of the Kinesis data stream to read. If it is encrypted with a key of your own, give `keyArn` too.",
      {
        service: "kinesis",
        region,
        account,
        resource: "stream/[a-zA-Z0-9_.-]{1,128}",
        longest,
        example: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
      },
    )
      .meta({ unset: "none: a new stream" })
      .exactOptional(),
    bucketArn: arn(
      "ARN of the S3 bucket to deliver to. Its encryption, policy and lifecycle stay as they are. If it is encrypted with a key of your own, give `keyArn` too.",
      { service: "s3", resource: bucketName, example: "arn:aws:s3:::my-data-lake-bucket" },
    )
      .meta({ unset: "none: a new bucket" })
      .exactOptional(),
    bucketAccountId: text(
      "Account that the existing bucket belongs to, if it is not the pipeline's own. The output `requiredBucketPolicy` is what the bucket's policy must then allow.",
      { pattern: /^\d{12}$/, allowed: "twelve digits" },
    )
      .meta({ unset: "none: the account of the pipeline" })
      .exactOptional(),
    roleArn: arn(
      "ARN of the role that Firehose assumes, for reading and for delivering. The output `requiredPolicy` says what it must be allowed to do.",
      {
        service: "iam",
        account,
        resource: "role/[\\w+=,.@/-]*[\\w+=,.@-]",
        longest,
        example: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
      },
    )
      .meta({ unset: "none: two new roles" })
      .exactOptional(),
    keyArn: arn(
      "ARN of the KMS key of stream and bucket. The output `requiredKeyPolicy` is what its policy must allow, if it is another account's or does not leave access to IAM.",
      {
        service: "kms",
        region,
        account,
        resource: "key/[a-zA-Z0-9-]+",
        longest,
        example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
    )
      .meta({ unset: "none: a new key" })
      .exactOptional(),
    accessLogBucketArn: arn(
      "ARN of the S3 bucket that takes the access logs of the new bucket. It lets S3's logging service write.",
      { service: "s3", resource: bucketName, example: "arn:aws:s3:::my-access-logs" },
    )
      .meta({ unset: "none" })
      .exactOptional(),
  },
).prefault({});
