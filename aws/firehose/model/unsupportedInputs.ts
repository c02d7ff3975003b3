import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";
import type { InputReader } from "../../../engine/graph/inputReader";
import { formats, isCompression } from "../packing/objectBody";
import { processorTypes } from "./processors";

/**
 * Adds every input of a delivery stream that the local delivery engine does not support to the
 * problems, so that a local run never silently leaves out a part of a declared pipeline.
 */
export function reportUnsupported(inputs: InputReader): void {
  reportUnknown(inputs, deliveryStreamInputs);
  if (inputs.text("destination") !== "extended_s3") {
    inputs.problem(
      "destination",
      `is ${quoted(inputs.text("destination"))}; supported: "extended_s3"`,
    );
  }
  if (inputs.group("serverSideEncryption").flag("enabled") === true) {
    inputs.problem("serverSideEncryption", "cannot be combined with a Kinesis source");
  }

  const destination = inputs.group("extendedS3Configuration");
  reportUnknown(destination, destinationInputs);
  const compression = destination.text("compressionFormat") ?? "UNCOMPRESSED";
  if (!isCompression(compression)) {
    const allowed = Object.keys(formats).join(", ");
    destination.problem("compressionFormat", `is "${compression}"; allowed: ${allowed}`);
  }
  if (destination.group("dynamicPartitioningConfiguration").flag("enabled") === true) {
    destination.problem("dynamicPartitioningConfiguration", unsupported("dynamic partitioning"));
  }
  const converts = destination.group("dataFormatConversionConfiguration").flag("enabled") ?? true;
  if (destination.names.includes("dataFormatConversionConfiguration") && converts) {
    destination.problem(
      "dataFormatConversionConfiguration",
      unsupported("conversion to Parquet and ORC"),
    );
  }
  if (destination.text("s3BackupMode") === "Enabled") {
    destination.problem("s3BackupMode", unsupported("backup of the source records"));
  }
  for (const processor of enabledProcessors(destination)) {
    const type = processor.text("type") ?? "";
    if (!processorTypes.includes(type)) {
      destination.problem("processingConfiguration", unsupported(`the processor ${type}`));
    }
  }
}

/** The processors that apply: none unless `enabled` is true. */
export function enabledProcessors(destination: InputReader): readonly InputReader[] {
  const processing = destination.group("processingConfiguration");
  return processing.flag("enabled") === true ? processing.groups("processors") : [];
}

/** Inputs that are read here or for the configuration, or that do not affect what is delivered. */
const deliveryStreamInputs: ReadonlySet<string> = new Set([
  ...["name", "destination", "kinesisSourceConfiguration", "extendedS3Configuration"],
  ...["serverSideEncryption", "tags", "tagsAll", "region", "arn", "destinationId", "versionId"],
]);
const destinationInputs: ReadonlySet<string> = new Set([
  ...["bucketArn", "roleArn", "prefix", "errorOutputPrefix", "customTimeZone", "fileExtension"],
  ...["bufferingSize", "bufferingInterval", "compressionFormat", "processingConfiguration"],
  ...["dynamicPartitioningConfiguration", "dataFormatConversionConfiguration", "s3BackupMode"],
  ...["s3BackupConfiguration", "cloudwatchLoggingOptions", "kmsKeyArn"],
]);

function reportUnknown(inputs: InputReader, known: ReadonlySet<string>): void {
  for (const name of inputs.names.filter((input) => !known.has(input))) {
    inputs.problem(name, "is not supported by the local delivery engine");
  }
}

function unsupported(feature: string): string {
  return `requires ${feature}, which the local delivery engine does not support`;
}

function quoted(value: string | undefined): string {
  return value === undefined ? "not set" : `"${value}"`;
}

/** Adds what is wrong with the prefixes of a destination, and with their time zone, to its problems. */
export function reportPrefixProblems(destination: InputReader): void {
  const prefix = destination.text("prefix") ?? "";
  const errorPrefix = destination.text("errorOutputPrefix") ?? "";
  for (const { field, reason, allowed } of prefixProblems({ prefix, errorPrefix })) {
    const input = field === "prefix" ? "prefix" : "errorOutputPrefix";
    destination.problem(input, `${reason}; allowed: ${allowed}`);
  }
  const timeZone = destination.text("customTimeZone") || "UTC";
  try {
    zone(timeZone);
  } catch (error) {
    destination.problem("customTimeZone:", (error as Error).message);
    return;
  }
  reportUnevaluated(destination, "prefix", prefix, timeZone);
  reportUnevaluated(destination, "errorOutputPrefix", errorPrefix, timeZone);
}

function reportUnevaluated(
  destination: InputReader,
  input: "prefix" | "errorOutputPrefix",
  prefix: string,
  timeZone: string,
): void {
  for (const part of parsePrefix(prefix).parts) {
    if (part.kind !== "timestamp") continue;
    for (const { field, reason } of unevaluatedFields(part.pattern, timeZone)) {
      destination.problem(
        input,
        `has "${field}", which is not evaluated on this machine: ${reason}`,
      );
    }
  }
}
