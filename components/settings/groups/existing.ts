import {
  arn,
  arnParts,
  deletesFormer,
  group,
  keepsFormerKey,
  replacesDeliveryStream,
  text,
} from "../leaf";

const { region, account } = arnParts;
/** Old buckets in us-east-1 may have uppercase letters, underscores and up to 255 characters. */
const bucketName = "[\\w.-]{3,255}";
/** API limit on the length of the ARNs that Firehose accepts, except those of buckets. */
const longest = 512;

/** The settings with ARNs of existing keys. */
export const keySettings = ["keyArn", "streamKeyArn", "bucketKeyArn"] as const;

const key = (description: string, policyOutput: string) =>
  arn(
    `${description} If it belongs to another account, or its policy does not delegate access to IAM, the policy must allow what the output \`${policyOutput}\` contains. ${keepsFormerKey}`,
    {
      service: "kms",
      region,
      account,
      resource: "key/[a-zA-Z0-9-]+",
      longest,
      example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  );

/**
 * ARNs rather than names, because an ARN contains account, region and partition: nothing needs to
 * be looked up.
 *
 * Source: Firehose API, patterns and lengths of KinesisStreamARN, BucketARN, RoleARN and
 * AWSKMSKeyARN.
 */
export const existing = group(
  "ExistingResources",
  "Existing resources to use instead of new ones. The pipeline does not manage them.",
  {
    streamArn: arn(
      `ARN of the Kinesis data stream to read. If it is encrypted with a customer-managed key, specify \`streamKeyArn\` or \`keyArn\` too. ${replacesDeliveryStream} ${deletesFormer("stream")}`,
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
      `ARN of the S3 bucket to deliver to. Its encryption, policy and lifecycle stay unchanged. If it is encrypted with a customer-managed key, specify \`bucketKeyArn\` or \`keyArn\` too. The pipeline's role can write only under \`delivery.prefix\` and \`delivery.errorPrefix\`, if both begin with fixed text. ${deletesFormer("bucket")}`,
      { service: "s3", resource: bucketName, example: "arn:aws:s3:::my-data-lake-bucket" },
    )
      .meta({ unset: "none: a new bucket" })
      .exactOptional(),
    bucketAccountId: text(
      "Account that owns the existing bucket, if it is not the pipeline's account. The bucket's policy must then allow what the output `requiredBucketPolicy` contains.",
      { pattern: /^\d{12}$/, allowed: "twelve digits, in quotes if the first is 0" },
    )
      .meta({ example: "123456789012", unset: "none: the account of the pipeline" })
      .exactOptional(),
    roleArn: arn(
      `ARN of the role that Firehose assumes, for reading and for delivering. The output \`requiredPolicy\` contains the permissions that it needs. ${replacesDeliveryStream}`,
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
    keyArn: key(
      "ARN of the KMS key of stream and bucket; of one of them, if the other has its own.",
      "requiredKeyPolicy",
    )
      .meta({ unset: "none: a new key" })
      .exactOptional(),
    streamKeyArn: key(
      "ARN of the KMS key of the stream, if the bucket has another one.",
      "requiredStreamKeyPolicy",
    )
      .meta({ unset: "none: existing.keyArn applies" })
      .exactOptional(),
    bucketKeyArn: key(
      "ARN of the KMS key of the bucket, if the stream has another one. Firehose encrypts objects with it.",
      "requiredBucketKeyPolicy",
    )
      .meta({ unset: "none: existing.keyArn applies" })
      .exactOptional(),
    accessLogBucketArn: arn(
      `ARN of the S3 bucket that receives the access logs of the new bucket. Its policy must allow S3's logging service to write. ${deletesFormer("bucket of access logs")}`,
      { service: "s3", resource: bucketName, example: "arn:aws:s3:::my-access-logs" },
    )
      .meta({ unset: "none" })
      .exactOptional(),
  },
).prefault({});
