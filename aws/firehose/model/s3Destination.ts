import { exampleBeginning } from "../../../components/prefix/evaluatePrefix";
import { zone } from "../../../components/prefix/formatTimestamp";
import { Unknown } from "../../../engine/graph/resourceGraph";
import { type DynamicPartitioning, dynamicPartitioning } from "../features/dynamicPartitioning";
import { errorLog } from "../features/errorLog";
import { lineOf, type ReportLine, shownInputs } from "../features/feature";
import {
  convertedExtension,
  type FormatConversion,
  formatConversion,
} from "../features/formatConversion";
import type { Processor } from "../features/processorFeature";
import { readProcessors, shownProcessors } from "../features/processors";
import { sourceBackup } from "../features/sourceBackup";
import { type Compression, formats } from "../packing/objectBody";
import { type Declared, type DeclaredInputs } from "./declaredInputs";
import { reportCombinations } from "./featureCombinations";
import { readS3Output, reportUnevaluated, type S3Output } from "./s3Output";

/** An S3 destination as declared, with the provider's defaults for what is not set. */
export interface S3Destination extends S3Output {
  /** With its dot; "" for none. */
  readonly fileExtension: Declared<string>;
  /** Of the dates in keys: UTC or an IANA name. */
  readonly timeZone: Declared<string>;
  /** As AWS applies them: each once, in AWS's order; empty unless processing is enabled. */
  readonly processors: Declared<readonly Processor[]>;
  /** Undefined unless it is enabled. */
  readonly dynamicPartitioning: Declared<DynamicPartitioning | undefined>;
  /** Of the records to Parquet or ORC; undefined unless it is enabled. */
  readonly formatConversion: Declared<FormatConversion | undefined>;
  /** Where the records are also stored as they were read; undefined unless it is enabled. */
  readonly sourceBackup: Declared<S3Output | undefined>;
}

/** Reads the `extendedS3Configuration` of a delivery stream. */
export function readS3Destination(inputs: DeclaredInputs): S3Destination {
  const partitioning = dynamicPartitioning.read(inputs);
  const output = readS3Output(inputs, { minimum: 0, maximum: 900 }, partitioning !== undefined);
  const conversion = formatConversion.read(inputs);
  const destination: S3Destination = {
    ...output,
    fileExtension: readFileExtension(inputs, output.compression, conversion),
    timeZone: inputs.text("customTimeZone") || "UTC",
    processors: readProcessors(inputs),
    dynamicPartitioning: partitioning,
    formatConversion: conversion,
    sourceBackup: sourceBackup.read(inputs),
  };
  reportTimeZone(inputs, destination);
  reportCombinations(inputs, destination);
  for (const name of inputs.names.filter((input) => !knownInputs.has(input)))
    inputs.unsupported(name, "is not supported by the local delivery engine");
  return destination;
}

/** What a plan shows of an S3 destination: the inputs that are set, in this order. */
export function reportS3Destination(inputs: DeclaredInputs): readonly ReportLine[] {
  return [
    ...shownInputs(inputs, [{ label: "prefix", input: "prefix" }]),
    ...lineOf("example key", exampleKey(inputs, "prefix")),
    ...shownInputs(inputs, [{ label: "error prefix", input: "errorOutputPrefix" }]),
    ...lineOf(
      "example key of errors",
      exampleKey(inputs, "errorOutputPrefix", "processing-failed"),
    ),
    ...shownInputs(inputs, [
      { label: "time zone", input: "customTimeZone" },
      { label: "buffer size", input: "bufferingSize", unit: " MiB" },
      { label: "buffer interval", input: "bufferingInterval", unit: " s" },
      { label: "compression", input: "compressionFormat" },
      { label: "file extension", input: "fileExtension" },
    ]),
    ...lineOf("processors", shownProcessors(inputs)),
    ...dynamicPartitioning.report(inputs),
    ...formatConversion.report(inputs),
    ...sourceBackup.report(inputs),
    ...shownInputs(inputs, [{ label: "object key", input: "kmsKeyArn" }]),
    ...errorLog.report(inputs),
  ];
}

/** The form of keys that a prefix does not show: Firehose appends the time to it. */
function exampleKey(
  inputs: DeclaredInputs,
  input: "prefix" | "errorOutputPrefix",
  errorOutputType?: string,
): string | undefined {
  const prefix = inputs.text(input);
  if (typeof prefix !== "string" || inputs.shown(input) !== prefix) return undefined;
  // Without an error prefix, failed records are under the prefix.
  if (prefix === "" && errorOutputType !== undefined) return undefined;
  const beginning = exampleBeginning(prefix, errorOutputType);
  return beginning === undefined ? undefined : `${beginning}...`;
}

/** Inputs that are read here or that do not affect what is delivered. */
const knownInputs: ReadonlySet<string> = new Set([
  ...["bucketArn", "roleArn", "prefix", "errorOutputPrefix", "customTimeZone", "fileExtension"],
  ...["bufferingSize", "bufferingInterval", "compressionFormat", "processingConfiguration"],
  ...["dynamicPartitioningConfiguration", "dataFormatConversionConfiguration", "s3BackupMode"],
  ...["s3BackupConfiguration", "cloudwatchLoggingOptions", "kmsKeyArn"],
]);

/** An empty one counts as not set. */
function readFileExtension(
  inputs: DeclaredInputs,
  compression: Declared<Compression>,
  conversion: Declared<FormatConversion | undefined>,
): Declared<string> {
  const extension = inputs.text("fileExtension");
  if (typeof extension === "string" && !isFileExtension(extension)) {
    const allowed = "a dot, then a-z, 0-9 and !-_.*'(), at most 128 characters";
    inputs.refuseValue("fileExtension", allowed);
  }
  if (extension) return extension;
  const converted = convertedExtension(conversion);
  if (converted !== undefined) return converted;
  return compression instanceof Unknown ? compression : formats[compression].extension;
}

/** API, ExtendedS3DestinationConfiguration `FileExtension`. */
function isFileExtension(extension: string): boolean {
  return /^(?:|\.[0-9a-z!\-_.*'()]+)$/u.test(extension) && extension.length <= 128;
}

function reportTimeZone(
  inputs: DeclaredInputs,
  { prefix, errorPrefix, timeZone }: S3Destination,
): void {
  if (timeZone instanceof Unknown) return;
  try {
    zone(timeZone);
  } catch {
    inputs.refuseValue("customTimeZone", "UTC or an IANA name such as Europe/Berlin");
    return;
  }
  reportUnevaluated(inputs, { prefix, errorPrefix }, timeZone);
}
