import { unevaluatedFields } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { rejectedPrefixes } from "../../../components/prefix/prefixProblems";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { errorLog, type ErrorLogName } from "../features/errorLog";
import { type Compression, formats, isCompression } from "../packing/objectBody";
import { numberIn, type NumberRange } from "./allowedValues";
import { bucketForm, readArn, roleForm } from "./arns";
import type { Declared, DeclaredInputs } from "./declaredInputs";

/**
 * Objects in a bucket as declared, with the provider's defaults for what is not set: what the
 * destination of the records and the backup have in common.
 */
export interface S3Output {
  /** Undefined if it is not set; as declared, even if it is malformed. */
  readonly bucketArn: Declared<string> | undefined;
  /** ARN of the role that Firehose assumes to write objects and the error log. */
  readonly roleArn: Declared<string> | undefined;
  /** ARN of the KMS key in Firehose's PutObject calls; undefined if the bucket's default applies. */
  readonly kmsKeyArn: Declared<string> | undefined;
  /** Undefined if error logging is off, "incomplete" without one of its names. */
  readonly errorLog: Declared<ErrorLogName> | "incomplete" | undefined;
  /** In Firehose's prefix language; "" for none. */
  readonly prefix: Declared<string>;
  /** Prefix for records that cannot be delivered, in the same language; "" for none. */
  readonly errorPrefix: Declared<string>;
  /** Buffer size in MiB, of data before compression. */
  readonly bufferSizeMiB: Declared<number>;
  /** Buffer interval; 0 delivers at once. */
  readonly bufferSeconds: Declared<number>;
  readonly compression: Declared<Compression>;
}

/** API, BufferingHints. The defaults are the provider's. */
const bufferSizes: NumberRange = { minimum: 1, maximum: 128 };
const defaultBuffer = { sizeMiB: 5, seconds: 300 };

/**
 * Reads what a destination and a backup have in common.
 *
 * @param intervals the buffer intervals that AWS accepts, in seconds
 * @param partitions whether the prefix may have partition keys
 */
export function readS3Output(
  inputs: DeclaredInputs,
  intervals: NumberRange,
  partitions = false,
): S3Output {
  const prefix = inputs.text("prefix") ?? "";
  const errorPrefix = inputs.text("errorOutputPrefix") ?? "";
  reportPrefixes(inputs, prefix, errorPrefix, partitions);
  const { sizeMiB, seconds } = defaultBuffer;
  return {
    bucketArn: readArn(inputs, "bucketArn", bucketForm),
    roleArn: readArn(inputs, "roleArn", roleForm),
    kmsKeyArn: inputs.text("kmsKeyArn"),
    errorLog: errorLog.read(inputs),
    prefix,
    errorPrefix,
    bufferSizeMiB: numberIn(inputs, "bufferingSize", bufferSizes, sizeMiB),
    bufferSeconds: numberIn(inputs, "bufferingInterval", intervals, seconds),
    compression: readCompression(inputs),
  };
}

function reportPrefixes(
  inputs: DeclaredInputs,
  prefix: Declared<string>,
  errorPrefix: Declared<string>,
  partitions: boolean,
): void {
  if (prefix instanceof Unknown || errorPrefix instanceof Unknown) return;
  const problems = rejectedPrefixes({ prefix, errorPrefix }, partitions);
  for (const { field, reason, allowed } of problems) {
    const input = field === "prefix" ? "prefix" : "errorOutputPrefix";
    inputs.refuse(input, `${reason}; allowed: ${allowed}`);
  }
}

function readCompression(inputs: DeclaredInputs): Declared<Compression> {
  const format = inputs.text("compressionFormat") ?? "UNCOMPRESSED";
  if (format instanceof Unknown || isCompression(format)) return format;
  inputs.refuseValue("compressionFormat", Object.keys(formats).join(", "));
  return "UNCOMPRESSED";
}

/** Reports what Firehose accepts in the prefixes, but prints in a way that is not documented. */
export function reportUnevaluated(
  inputs: DeclaredInputs,
  { prefix, errorPrefix }: Pick<S3Output, "prefix" | "errorPrefix">,
  timeZone: string,
): void {
  for (const [input, written] of [
    ["prefix", prefix],
    ["errorOutputPrefix", errorPrefix],
  ] as const) {
    if (written instanceof Unknown) continue;
    for (const part of parsePrefix(written).parts) {
      if (part.kind !== "timestamp") continue;
      for (const { field, reason } of unevaluatedFields(part.pattern, timeZone)) {
        const found = `has "${field}", which is not evaluated on this machine`;
        inputs.unsupported(input, `${found}: ${reason}`);
      }
    }
  }
}
