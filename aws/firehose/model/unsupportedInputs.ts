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
