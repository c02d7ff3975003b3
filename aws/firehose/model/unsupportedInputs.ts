import { unevaluatedFields, zone } from "../../../components/prefix/formatTimestamp";
import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { prefixProblems } from "../../../components/prefix/prefixProblems";
import type { InputReader } from "../../../engine/graph/inputReader";
import { formats, isCompression } from "../packing/formats";
import { processorTypes } from "./processors";

/**
 * Adds to the problems of a delivery stream's inputs what this delivery engine does not do, so that
 * nothing of a declared pipeline is silently left out of its local run.
 */
export function refuseUnsupported(inputs: InputReader): void {
  refuseUnknown(inputs, ofDeliveryStream);
  if (inputs.text("destination") !== "extended_s3") {
    inputs.problem("destination", `is ${given(inputs.text("destination"))}; here: "extended_s3"`);
  }
  if (inputs.group("serverSideEncryption").flag("enabled") === true) {
    inputs.problem("serverSideEncryption", "is not allowed beside a Kinesis source");
  }

  const destination = inputs.group("extendedS3Configuration");
  refuseUnknown(destination, ofDestination);
  const compression = destination.text("compressionFormat") ?? "UNCOMPRESSED";
  if (!isCompression(compression)) {
    const allowed = Object.keys(formats).join(", ");
    destination.problem("compressionFormat", `is "${compression}"; allowed: ${allowed}`);
  }
  if (destination.group("dynamicPartitioningConfiguration").flag("enabled") === true) {
    destination.problem("dynamicPartitioningConfiguration", notYet("dynamic partitioning"));
  }
  const converts = destination.group("dataFormatConversionConfiguration").flag("enabled") ?? true;
  if (destination.names.includes("dataFormatConversionConfiguration") && converts) {
    destination.problem("dataFormatConversionConfiguration", notYet("Parquet and ORC"));
  }
  if (destination.text("s3BackupMode") === "Enabled") {
    destination.problem("s3BackupMode", notYet("backup of the source records"));
  }
  for (const processor of enabledProcessors(destination)) {
    const type = processor.text("type") ?? "";
    if (!processorTypes.includes(type)) {
      destination.problem("processingConfiguration", notYet(`the processor ${type}`));
    }
  }
}

/** The processors that are in use; without `enabled: true` none is. */
export function enabledProcessors(destination: InputReader): readonly InputReader[] {
  const processing = destination.group("processingConfiguration");
  return processing.flag("enabled") === true ? processing.groups("processors") : [];
}

/** Read above or for the configuration, or without effect on what is delivered. */
const ofDeliveryStream: ReadonlySet<string> = new Set([
  ...["name", "destination", "kinesisSourceConfiguration", "extendedS3Configuration"],
  ...["serverSideEncryption", "tags", "tagsAll", "region", "arn", "destinationId", "versionId"],
]);
const ofDestination: ReadonlySet<string> = new Set([
  ...["bucketArn", "roleArn", "prefix", "errorOutputPrefix", "customTimeZone", "fileExtension"],
  ...["bufferingSize", "bufferingInterval", "compressionFormat", "processingConfiguration"],
  ...["dynamicPartitioningConfiguration", "dataFormatConversionConfiguration", "s3BackupMode"],
  ...["s3BackupConfiguration", "cloudwatchLoggingOptions", "kmsKeyArn"],
]);

function refuseUnknown(inputs: InputReader, known: ReadonlySet<string>): void {
  for (const name of inputs.names.filter((input) => !known.has(input))) {
    inputs.problem(name, "is not supported by the local delivery engine");
  }
}

function notYet(what: string): string {
  return `asks for ${what}, which the local delivery engine does not do yet`;
}

function given(value: string | undefined): string {
  return value === undefined ? "not set" : `"${value}"`;
}

/** Adds to the problems of a destination what is wrong with its prefixes and their time zone. */
export function refusePrefixes(destination: InputReader): void {
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
  refuseUnevaluated(destination, "prefix", prefix, timeZone);
  refuseUnevaluated(destination, "errorOutputPrefix", errorPrefix, timeZone);
}

function refuseUnevaluated(
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
