import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "../model/declaredInputs";
import { appendDelimiter } from "./appendDelimiter";
import { cloudWatchLogProcessing } from "./cloudWatchLogProcessing";
import { decompression } from "./decompression";
import { lambda } from "./lambda";
import { metadataExtraction } from "./metadataExtraction";
import type { Processor, ProcessorFeature } from "./processorFeature";
import { recordDeAggregation } from "./recordDeAggregation";

/**
 * All processors, in the order in which AWS applies them, whatever the declared order.
 *
 * Source: Firehose Developer Guide, "Create a Firehose stream from console to destination". That
 * decompression and the extraction of messages precede the others was observed in AWS.
 */
export const processorFeatures: readonly ProcessorFeature[] = [
  decompression,
  cloudWatchLogProcessing,
  recordDeAggregation,
  lambda,
  metadataExtraction,
  appendDelimiter,
];

/**
 * Reads the processors of a destination.
 *
 * @returns the processors as AWS applies them: each once, in AWS's order; empty unless enabled
 */
export function readProcessors(destination: DeclaredInputs): Declared<readonly Processor[]> {
  const processing = destination.group("processingConfiguration");
  const enabled = processing.flag("enabled");
  if (enabled instanceof Unknown) return enabled;
  if (enabled !== true) return [];
  const declared = processing.groups("processors");
  if (declared instanceof Unknown) return declared;

  reportCount(processing, declared.length);
  const types = declared.map((inputs) => inputs.text("type") ?? "");
  const partitions = destination.group("dynamicPartitioningConfiguration").flag("enabled") ?? false;
  const read = declared.map((inputs, index) => {
    const type = types[index] ?? "";
    reportType(inputs, type, types, partitions);
    return readOne(inputs, type, destination);
  });
  if (types.filter((type) => type === "Lambda").length > 1)
    processing.refuse("processors", "has several processors of type Lambda; allowed: one");
  if (read.some((processor) => processor instanceof Unknown)) return new Unknown();
  return processorFeatures.flatMap(({ type }) => {
    const ofType = read.filter((one) => one !== undefined && "type" in one && one.type === type);
    return ofType.slice(0, 1) as readonly Processor[];
  });
}

function reportCount(processing: DeclaredInputs, count: number): void {
  if (count >= 1 && count <= 5) return;
  const allowed = "allowed if processing is enabled: 1 to 5";
  if (processing.has("processors"))
    processing.refuse("processors", `has ${count} processors; ${allowed}`);
  else processing.refuse("processors", `is not set; ${allowed}`);
}

/** What a processor requires of the others, and of the destination. */
function reportType(
  inputs: DeclaredInputs,
  type: Declared<string>,
  types: readonly Declared<string>[],
  partitions: Declared<boolean>,
): void {
  const mayDecompress = types.some((one) => one === "Decompression" || one instanceof Unknown);
  if (type === "CloudWatchLogProcessing" && !mayDecompress)
    inputs.refuse("type", `is ${type}, which also requires Decompression`);
  const feature = processorFeatures.find((candidate) => candidate.type === type);
  if (feature?.partitionsOnly === true && partitions === false)
    inputs.refuse("type", `is ${feature.type}, which requires dynamic partitioning`);
}

/** @returns undefined for a type that does not exist */
function readOne(
  inputs: DeclaredInputs,
  type: Declared<string>,
  destination: DeclaredInputs,
): Declared<Processor> | undefined {
  if (type instanceof Unknown) return type;
  const feature = processorFeatures.find((candidate) => candidate.type === type);
  if (feature === undefined) {
    inputs.refuseValue("type", processorFeatures.map((one) => one.type).join(", "));
    return undefined;
  }
  if (!feature.supported) {
    destination.unsupported(
      "processingConfiguration",
      `requires the processor ${type}, which the local delivery engine does not support`,
    );
  }
  return feature.read(inputs);
}

/** The types of the declared processors for a report, in the declared order, enabled or not. */
export function shownProcessors(destination: DeclaredInputs): string | undefined {
  return destination.group("processingConfiguration").shownList("processors", "type");
}
