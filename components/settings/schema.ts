import * as z from "zod";
import { flag, oneOf, oneOfNumbers, text, whole } from "./leaf";

/** Retention periods that CloudWatch Logs accepts, in days (API PutRetentionPolicy). */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

const arn = (service: string, region: string, account: string, resource: string, example: string) =>
  text({
    pattern: new RegExp(`^arn:aws[a-z-]*:${service}:${region}:${account}:${resource}$`),
    allowed: `an ARN such as ${example}`,
  });

/**
 * Names, ranges and defaults of all settings. A group that is left out has all its defaults; a
 * setting without `default` is absent unless given. What each one means is told in `args.ts`.
 *
 * Sources: Kinesis API (CreateStream, IncreaseStreamRetentionPeriod), Firehose API
 * (BufferingHints, ExtendedS3DestinationConfiguration), S3 API (LifecycleRule).
 */
export const settingsSchema = z.strictObject({
  stream: z
    .strictObject({
      shardCount: whole({ min: 1, max: 10_000, unit: "shards" }).exactOptional(),
      retentionHours: whole({ min: 24, max: 8760, unit: "hours" }).default(168),
    })
    .prefault({}),
  bucket: z
    .strictObject({
      versioning: flag().default(true),
      noncurrentExpiryDays: whole({ min: 1, max: 3650, unit: "days" }).default(90),
      errorExpiryDays: whole({ min: 1, max: 3650, unit: "days" }).default(30),
      forceDestroy: flag().default(false),
    })
    .prefault({}),
  delivery: z
    .strictObject({
      bufferSizeMiB: whole({ min: 1, max: 128, unit: "MiB" }).default(64),
      bufferIntervalSeconds: whole({ min: 0, max: 900, unit: "seconds" }).default(300),
      compression: oneOf("GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY").default("GZIP"),
      prefix: z.string().meta({ allowed: "a text in Firehose's prefix language" }).exactOptional(),
      errorPrefix: z
        .string()
        .meta({ allowed: "a text in Firehose's prefix language" })
        .exactOptional(),
      timeZone: text({
        pattern: /^(UTC|[A-Za-z_]+(\/[A-Za-z_]+)+)$/,
        allowed: "UTC or an IANA time zone such as Europe/Berlin",
      }).default("UTC"),
      delimiter: oneOf("newline", "none").default("newline"),
      logRetentionDays: oneOfNumbers(logRetentionDays, "days").default(90),
    })
    .prefault({}),
  encryption: z
    .strictObject({ mode: oneOf("customer-managed", "aws-managed").default("customer-managed") })
    .prefault({}),
  existing: z
    .strictObject({
      streamArn: arn(
        "kinesis",
        "[a-z0-9-]+",
        "\\d{12}",
        "stream/[a-zA-Z0-9_.-]{1,128}",
        "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
      ).exactOptional(),
      bucketArn: arn(
        "s3",
        "",
        "",
        "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        "arn:aws:s3:::my-data-lake-bucket",
      ).exactOptional(),
      roleArn: arn(
        "iam",
        "",
        "\\d{12}",
        "role/[\\w+=,.@/-]{1,512}",
        "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
      ).exactOptional(),
      keyArn: arn(
        "kms",
        "[a-z0-9-]+",
        "\\d{12}",
        "key/[a-zA-Z0-9-]+",
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ).exactOptional(),
    })
    .prefault({}),
  protect: flag().default(true),
  tags: z
    .record(z.string().regex(/^(?!aws:).{1,128}$/u), z.string().max(256))
    .refine((tags) => Object.keys(tags).length <= 50)
    .meta({
      allowed:
        "at most 50 tags; keys of 1 to 128 characters, not starting with aws:; values to 256",
    })
    .default({}),
});

/** Settings as they are written: everything may be left out. */
export type SettingsInput = z.input<typeof settingsSchema>;
