import * as z from "zod";
import { isTimeZone } from "../../prefix/timeZone";
import { group, oneOf, oneOfNumbers, text, whole } from "../leaf";

/** Retention periods that CloudWatch Logs accepts, in days (API PutRetentionPolicy). */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

export const prefixLanguage = "a string in Firehose's prefix language";

/** API, CompressionFormat. */
export const compressions = ["GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"] as const;

/** Source: Firehose API, BufferingHints and ExtendedS3DestinationConfiguration. */
export const delivery = group("DeliverySettings", "How Firehose turns records into objects.", {
  bufferSizeMiB: whole(
    "Buffering hint: Firehose writes an object when it has buffered this many MiB, before compression.",
    { min: 1, max: 128, unit: "MiB" },
  ).default(64),
  bufferIntervalSeconds: whole(
    "Buffering hint: Firehose writes an object this many seconds after the first record in the buffer.",
    { min: 0, max: 900, unit: "seconds" },
  ).default(300),
  compression: oneOf(
    "Compression",
    "Compression of the objects. With a conversion it is UNCOMPRESSED, because Parquet and ORC are compressed inside.",
    compressions,
  ).default("GZIP"),
  // The API accepts up to 128 characters, the AWS provider up to 50.
  fileExtension: text(
    "Extension of the objects' names. Readers recognize the compression by it, so it must end in the extension of the compression; with a conversion it is .parquet or .orc.",
    {
      pattern: /^\.[0-9a-z!\-_.*'()]{1,49}$/,
      allowed: "a dot and up to 49 lowercase letters, digits and ! - _ . * ' ( ), e.g. .json.gz",
    },
  )
    .meta({
      example: ".json.gz",
      unset: "that of the compression: .gz, .zip, .snappy, or none",
    })
    .exactOptional(),
  prefix: z
    .string()
    .meta({
      description:
        "S3 prefix of the objects, in Firehose's prefix language. If it has no expressions, Firehose appends the time as yyyy/MM/dd/HH/, so it should end in /.",
      allowed: prefixLanguage,
      unset:
        "`raw/<name>/!{timestamp:yyyy/MM/dd}/`, with `<key>=<value>/` for each partition key before the date",
    })
    .exactOptional(),
  errorPrefix: z
    .string()
    .meta({
      description:
        "S3 prefix of records that could not be delivered, in Firehose's prefix language.",
      allowed: prefixLanguage,
      unset: "`errors/<name>/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`",
    })
    .exactOptional(),
  timeZone: z
    .string()
    .refine(isTimeZone)
    .meta({
      description: "Time zone of the dates in prefixes and object names.",
      allowed: "UTC or an IANA time zone such as Europe/Berlin",
      pattern: "^(UTC|[A-Za-z_]+(/[A-Za-z_]+)+)$",
    })
    .default("UTC"),
  delimiter: oneOf(
    "Delimiter",
    "What Firehose appends to each record: `newline`, or `none` if producers end each record themselves. With a conversion it is `none`.",
    ["newline", "none"],
  )
    .meta({ decisive: true })
    .default("newline"),
  recordCompression: oneOf(
    "RecordCompression",
    "Compression of the records themselves, as producers put them on the stream: `GZIP` if each record is a GZIP member. Then Firehose joins them as they are: `compression` is UNCOMPRESSED, `delimiter` is `none`, and `fileExtension` is .gz, unless it is another one that ends in .gz. Readers find the lines of a record only if its content ends with a newline.",
    ["none", "GZIP"],
  )
    .meta({ decisive: true })
    .default("none"),
  cloudWatchLogs: oneOf(
    "CloudWatchLogs",
    "What Firehose does with the records of a CloudWatch Logs subscription, which are compressed: `decompress` delivers them as JSON documents of several log events; `messages` delivers only the messages of the events, each on a line, so that `delimiter` is `none`; `none` is for all other records.",
    ["none", "decompress", "messages"],
  )
    .meta({ decisive: true })
    .default("none"),
  logRetentionDays: oneOfNumbers(
    "LogRetentionDays",
    "How long Firehose's error log is kept.",
    logRetentionDays,
    "days",
  ).default(90),
}).prefault({});

/** What Firehose does with records that are themselves compressed. */
export const packedRecordDefaults = {
  compression: "UNCOMPRESSED",
  delimiter: "none",
  fileExtension: ".gz",
} as const;

/**
 * Data and errors have separate prefixes, so that a crawler of one never reads the other.
 *
 * @param partitions the part of the prefix with the partition keys
 */
export function defaultPrefixes(
  name: string,
  partitions = "",
): { prefix: string; errorPrefix: string } {
  return {
    prefix: `raw/${name}/${partitions}!{timestamp:yyyy/MM/dd}/`,
    errorPrefix: `errors/${name}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
  };
}
