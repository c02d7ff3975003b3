import * as z from "zod";
import { arn, arnParts, flag, group, oneOf, text, whole } from "../leaf";
import { compressions, prefixLanguage } from "./delivery";

const { region, account } = arnParts;

const cannotBeDisabled =
  "Once it is on, AWS does not disable it again: to remove it, replace the delivery stream.";

/**
 * Source: Firehose API, ExtendedS3DestinationConfiguration `S3BackupConfiguration`. AWS rejects an
 * interval below 60 seconds.
 */
export const backup = group(
  "BackupSettings",
  "A copy of each record as producers wrote it, before anything is done to it.",
  {
    enabled: flag(
      `Store the source records too: in a new bucket with the safeguards of the data lake's, or in \`bucketArn\`. ${cannotBeDisabled} A bucket that the pipeline created is deleted without \`protect\` when this is turned off.`,
    ).default(false),
    bucketArn: arn(
      `ARN of an existing bucket for the source records, which turns this on. Its encryption, policy and lifecycle stay unchanged. ${cannotBeDisabled} Without \`protect\`, setting it deletes the backup bucket that the pipeline created before.`,
      { service: "s3", resource: "[\\w.-]{3,255}", example: "arn:aws:s3:::my-backup-bucket" },
    )
      .meta({ unset: "none: a new bucket, if `enabled`" })
      .exactOptional(),
    bucketAccountId: text(
      "Account that owns the existing bucket, if it is not the pipeline's account. The bucket's policy must then allow what the output `requiredBackupBucketPolicy` contains.",
      { pattern: /^\d{12}$/, allowed: "twelve digits, in quotes if the first is 0" },
    )
      .meta({ example: "123456789012", unset: "none: the account of the pipeline" })
      .exactOptional(),
    keyArn: arn(
      `ARN of the KMS key that encrypts the source records, if it is not the one of the data lake's bucket. If it belongs to another account, or its policy does not delegate access to IAM, the policy must allow what the output \`requiredBackupKeyPolicy\` contains.`,
      {
        service: "kms",
        region,
        account,
        resource: "key/[a-zA-Z0-9-]+",
        longest: 512,
        example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
    )
      .meta({ unset: "none: the key of the data lake's bucket; of an existing bucket, its own" })
      .exactOptional(),
    prefix: z
      .string()
      .meta({
        description:
          "S3 prefix of the objects, in Firehose's prefix language. Its dates are in UTC.",
        allowed: prefixLanguage,
        unset: "`backup/<name>/!{timestamp:yyyy/MM/dd}/`",
      })
      .exactOptional(),
    errorPrefix: z
      .string()
      .meta({
        description: "S3 prefix of source records that could not be delivered.",
        allowed: prefixLanguage,
        unset: "`backup-errors/<name>/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`",
      })
      .exactOptional(),
    bufferSizeMiB: whole("Buffering hint, like that of the delivery.", {
      min: 1,
      max: 128,
      unit: "MiB",
    }).default(64),
    bufferIntervalSeconds: whole("Buffering hint, like that of the delivery.", {
      min: 60,
      max: 900,
      unit: "seconds",
    }).default(300),
    compression: oneOf("BackupCompression", "Compression of the objects.", compressions)
      .meta({ unset: "GZIP; UNCOMPRESSED if records are compressed when they arrive" })
      .exactOptional(),
    expiryDays: whole("Days after which an object in a new bucket is deleted.", {
      min: 1,
      max: 36_500,
      unit: "days",
    })
      .meta({ unset: "none, and source records are kept" })
      .exactOptional(),
  },
).prefault({});
