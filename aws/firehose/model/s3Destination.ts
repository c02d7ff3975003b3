import { rejectedPrefixes } from "../../../components/prefix/prefixProblems";
import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { readDynamicPartitioning } from "../features/dynamicPartitioning";
import { type ErrorLogName, readErrorLog } from "../features/errorLog";
import { readFormatConversion } from "../features/formatConversion";
import type { Processor } from "../features/processorFeature";
import { readProcessors } from "../features/processors";
import { readSourceBackup } from "../features/sourceBackup";
import { type Compression, formats, isCompression } from "../packing/objectBody";
import { bucketForm, readArn, roleForm } from "./arns";
import { type Declared, type DeclaredInputs } from "./declaredInputs";

/** An S3 destination as declared, with the provider's defaults for what is not set. */
export interface S3Destination {
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
  /** With its dot; "" for none. */
  readonly fileExtension: Declared<string>;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: Declared<string>;
  /** As AWS applies them: each once, in AWS's order; empty unless processing is enabled. */
  readonly processors: Declared<readonly Processor[]>;
  readonly dynamicPartitioning: Declared<boolean>;
  /** Whether records are converted to Parquet or ORC. */
  readonly formatConversion: Declared<boolean>;
  /** Whether the records are also stored as they were read. */
  readonly sourceBackup: Declared<boolean>;
}

/** Reads the `extendedS3Configuration` of a delivery stream. */
export function readS3Destination(inputs: DeclaredInputs): S3Destination {
  const compression = readCompression(inputs);
  const destination: S3Destination = {
    bucketArn: readArn(inputs, "bucketArn", bucketForm),
    roleArn: readArn(inputs, "roleArn", roleForm),
    kmsKeyArn: inputs.text("kmsKeyArn"),
    errorLog: readErrorLog(inputs),
    prefix: inputs.text("prefix") ?? "",
    errorPrefix: inputs.text("errorOutputPrefix") ?? "",
    bufferSizeMiB: wholeNumber(inputs, "bufferingSize", 1, 128, 5),
    bufferSeconds: wholeNumber(inputs, "bufferingInterval", 0, 900, 300),
    compression,
    fileExtension: readFileExtension(inputs, compression),
    timeZone: inputs.text("customTimeZone") || "UTC",
    processors: readProcessors(inputs),
    dynamicPartitioning: readDynamicPartitioning(inputs),
    formatConversion: readFormatConversion(inputs),
    sourceBackup: readSourceBackup(inputs),
  };
  reportPrefixes(inputs, destination);
  reportCombinations(inputs, destination);
  for (const name of inputs.names.filter((input) => !knownInputs.has(input)))
    inputs.unsupported(name, "is not supported by the local delivery engine");
  return destination;
}

/** Inputs that are read here or that do not affect what is delivered. */
const knownInputs: ReadonlySet<string> = new Set([
  ...["bucketArn", "roleArn", "prefix", "errorOutputPrefix", "customTimeZone", "fileExtension"],
  ...["bufferingSize", "bufferingInterval", "compressionFormat", "processingConfiguration"],
  ...["dynamicPartitioningConfiguration", "dataFormatConversionConfiguration", "s3BackupMode"],
  ...["s3BackupConfiguration", "cloudwatchLoggingOptions", "kmsKeyArn"],
]);

function readCompression(inputs: DeclaredInputs): Declared<Compression> {
  const format = inputs.text("compressionFormat") ?? "UNCOMPRESSED";
  if (format instanceof Unknown || isCompression(format)) return format;
  const allowed = Object.keys(formats).join(", ");
  inputs.refuse("compressionFormat", `is "${format}"; allowed: ${allowed}`);
  return "UNCOMPRESSED";
}

/** An empty one counts as not set. */
function readFileExtension(
  inputs: DeclaredInputs,
  compression: Declared<Compression>,
): Declared<string> {
  const extension = inputs.text("fileExtension");
  if (typeof extension === "string" && !isFileExtension(extension)) {
    inputs.refuse(
      "fileExtension",
      `is "${extension}"; allowed: a dot, then a-z, 0-9 and !-_.*'(), at most 128 characters`,
    );
  }
  if (extension) return extension;
  return compression instanceof Unknown ? compression : formats[compression].extension;
}

/** API, ExtendedS3DestinationConfiguration `FileExtension`. */
function isFileExtension(extension: string): boolean {
  return /^(?:|\.[0-9a-z!\-_.*'()]+)$/u.test(extension) && extension.length <= 128;
}

/**
 * Conversion and dynamic partitioning have a larger minimum of the buffer size, and a converted
 * object is compressed by its format.
 *
 * Source: Firehose Developer Guide, "Convert input data format" and "Dynamic partitioning".
 */
function reportCombinations(inputs: DeclaredInputs, destination: S3Destination): void {
  const { formatConversion, dynamicPartitioning, bufferSizeMiB, compression } = destination;
  const feature =
    formatConversion === true
      ? "conversion to Parquet and ORC"
      : dynamicPartitioning === true
        ? "dynamic partitioning"
        : undefined;
  if (feature === undefined) return;
  if (typeof bufferSizeMiB === "number" && bufferSizeMiB < 64)
    inputs.refuse("bufferingSize", `is ${bufferSizeMiB}; allowed with ${feature}: 64 to 128`);
  if (
    formatConversion === true &&
    compression !== "UNCOMPRESSED" &&
    typeof compression === "string"
  )
    inputs.refuse(
      "compressionFormat",
      `is "${compression}"; allowed with ${feature}: UNCOMPRESSED`,
    );
}

/** API limits: 1 to 128 MiB and 0 to 900 s; the defaults are the provider's. */
function wholeNumber(
  inputs: DeclaredInputs,
  name: string,
  minimum: number,
  maximum: number,
  defaultValue: number,
): Declared<number> {
  const value = inputs.number(name) ?? defaultValue;
  if (value instanceof Unknown) return value;
  if (value < minimum || value > maximum || !Number.isInteger(value)) {
    inputs.refuse(name, `is ${value}; allowed: a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

function reportPrefixes(inputs: DeclaredInputs, destination: S3Destination): void {
  const { prefix, errorPrefix, timeZone, dynamicPartitioning: partitions } = destination;
  if (!(prefix instanceof Unknown) && !(errorPrefix instanceof Unknown)) {
    for (const { field, reason, allowed } of rejectedPrefixes(
      { prefix, errorPrefix },
      partitions !== false,
    )) {
      const input = field === "prefix" ? "prefix" : "errorOutputPrefix";
      inputs.refuse(input, `${reason}; allowed: ${allowed}`);
    }
  }
  if (timeZone instanceof Unknown) return;
  try {
    zone(timeZone);
  } catch (error) {
    inputs.refuse("customTimeZone:", (error as Error).message);
    return;
  }
  reportUnevaluated(inputs, "prefix", prefix, timeZone);
  reportUnevaluated(inputs, "errorOutputPrefix", errorPrefix, timeZone);
}

/** What Firehose accepts, but prints in a way that is not documented. */
function reportUnevaluated(
  inputs: DeclaredInputs,
  input: "prefix" | "errorOutputPrefix",
  prefix: Declared<string>,
  timeZone: string,
): void {
  if (prefix instanceof Unknown) return;
  for (const part of parsePrefix(prefix).parts) {
    if (part.kind !== "timestamp") continue;
    for (const { field, reason } of unevaluatedFields(part.pattern, timeZone)) {
      inputs.unsupported(
        input,
        `has "${field}", which is not evaluated on this machine: ${reason}`,
      );
    }
  }
}
