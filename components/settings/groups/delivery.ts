import * as z from "zod";
import { group, oneOf, oneOfNumbers, text, whole } from "../leaf";

/** Retention periods that CloudWatch Logs accepts, in days (API PutRetentionPolicy). */
const logRetentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

const prefixLanguage = "a text in Firehose's prefix language";

/** Source: Firehose API, BufferingHints and ExtendedS3DestinationConfiguration. */
export const delivery = group("DeliverySettings", "How Firehose turns records into objects.", {
  bufferSizeMiB: whole(
    "Buffering hint: Firehose writes an object when this many MiB, before compression, have come together.",
    { min: 1, max: 128, unit: "MiB" },
  ).default(64),
  bufferIntervalSeconds: whole(
    "Buffering hint: Firehose writes an object when this many seconds have passed since the first record in the buffer.",
    { min: 0, max: 900, unit: "seconds" },
  ).default(300),
  compression: oneOf("Compression of the objects.", [
    "GZIP",
    "UNCOMPRESSED",
    "ZIP",
    "Snappy",
    "HADOOP_SNAPPY",
  ]).default("GZIP"),
  // The API takes up to 128 characters, the AWS provider up to 50.
  fileExtension: text(
    "End of the objects' names. Readers tell the compression by it, so it must end in that of the compression.",
    {
      pattern: /^\.[0-9a-z!\-_.*'()]{1,49}$/,
      allowed: "a dot and up to 49 lower-case letters, digits and ! - _ . * ' ( ), e.g. .json.gz",
    },
  )
    .meta({ unset: "that of the compression: .gz, .zip, .snappy, or none" })
    .exactOptional(),
  prefix: z
    .string()
    .meta({
      description:
        "Where objects are put, in Firehose's prefix language. To a text without expressions Firehose appends the time as yyyy/MM/dd/HH/, so it should end in /.",
      allowed: prefixLanguage,
      unset: "`raw/<name>/!{timestamp:yyyy/MM/dd}/`",
    })
    .exactOptional(),
  errorPrefix: z
    .string()
    .meta({
      description:
        "Where records are put that could not be delivered, in Firehose's prefix language.",
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
    })
    .default("UTC"),
  delimiter: oneOf(
    "What Firehose puts between two records: `newline`, or `none` when producers end each record themselves.",
    ["newline", "none"],
  )
    .meta({ decisive: true })
    .default("newline"),
  logRetentionDays: oneOfNumbers(
    "How long Firehose's error log is kept.",
    logRetentionDays,
    "days",
  ).default(90),
}).prefault({});

/** Data and errors lie in folders of their own, so that a crawler of one never reads the other. */
export function defaultPrefixes(name: string): { prefix: string; errorPrefix: string } {
  return {
    prefix: `raw/${name}/!{timestamp:yyyy/MM/dd}/`,
    errorPrefix: `errors/${name}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
  };
}

/**
 * Whether Firehose knows the time zone: UTC, or a name of the IANA database with a region in it.
 * Three-letter names and `Etc/...` are refused.
 *
 * Source: Firehose API, ExtendedS3DestinationConfiguration `CustomTimeZone` (at most 50 characters
 * of a-z, A-Z, / and _).
 */
function isTimeZone(name: string): boolean {
  if (name === "UTC") return true;
  if (!/^[A-Z][A-Za-z_]*(\/[A-Z][A-Za-z_]*)+$/.test(name) || name.length > 50) return false;
  return !name.startsWith("Etc/") && isKnown(name);
}

function isKnown(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Here any case will do, to Firehose it will not. An old name is resolved to the new one.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
