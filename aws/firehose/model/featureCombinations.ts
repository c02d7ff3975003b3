import { parsePrefix } from "../../../components/prefix/parsePrefix";
import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Processor } from "../features/processorFeature";
import { isIn, type NumberRange } from "./allowedValues";
import type { Declared, DeclaredInputs } from "./declaredInputs";
import type { S3Output } from "./s3Output";

/** An S3 destination with the features that depend on each other. */
interface Combination extends S3Output {
  readonly processors: Declared<readonly Processor[]>;
  readonly dynamicPartitioning: Declared<object | undefined>;
  readonly formatConversion: Declared<object | undefined>;
}

/**
 * Reports what AWS rejects because two features are combined, or because a feature requires another.
 *
 * Source: Firehose Developer Guide, "Convert input data format" and "Dynamic partitioning", and what
 * AWS answers to CreateDeliveryStream.
 */
export function reportCombinations(inputs: DeclaredInputs, destination: Combination): void {
  if (isOn(destination.formatConversion)) reportConversion(inputs, destination);
  if (isOn(destination.dynamicPartitioning)) reportPartitioning(inputs, destination);
}

/** False if it is unknown: then nothing can be said. */
function isOn(feature: Declared<object | undefined>): boolean {
  return feature !== undefined && !(feature instanceof Unknown);
}

function reportConversion(inputs: DeclaredInputs, destination: Combination): void {
  const feature = "conversion to Parquet and ORC";
  reportBuffer(inputs, "bufferingSize", destination.bufferSizeMiB, sizes, feature);
  const { compression } = destination;
  // A converted object is compressed by its format.
  if (compression !== "UNCOMPRESSED" && typeof compression === "string")
    inputs.refuse(
      "compressionFormat",
      `is "${compression}"; allowed with ${feature}: UNCOMPRESSED`,
    );
}

const sizes: NumberRange = { minimum: 64, maximum: 128 };
const intervals: NumberRange = { minimum: 60, maximum: 900 };

function reportPartitioning(inputs: DeclaredInputs, destination: Combination): void {
  const feature = "dynamic partitioning";
  if (!isOn(destination.formatConversion))
    reportBuffer(inputs, "bufferingSize", destination.bufferSizeMiB, sizes, feature);
  reportBuffer(inputs, "bufferingInterval", destination.bufferSeconds, intervals, feature);
  const { prefix, processors } = destination;
  const types = processors instanceof Unknown ? undefined : processors.map(({ type }) => type);
  const extracts = types?.some((type) => type === "Lambda" || type === "MetadataExtraction");
  if (extracts === false) {
    const required = "processor of type MetadataExtraction or Lambda";
    const processing = "processingConfiguration";
    inputs.refuse(
      processing,
      inputs.has(processing)
        ? `has no enabled ${required}; required with ${feature}`
        : `is not set; required with ${feature}: a ${required}`,
    );
  }
  if (prefix instanceof Unknown) return;
  const keys = partitionKeys(prefix);
  // The API's limit of 50 keys exceeds the length that a prefix may have.
  if (keys.length === 0) {
    const found = inputs.has("prefix") ? "has no partition keys" : "is not set";
    const required = "one or more, e.g. !{partitionKeyFromQuery:customer}";
    inputs.refuse("prefix", `${found}; allowed with ${feature}: ${required}`);
  }
  if (types === undefined || extracts === false) return;
  for (const [from, type] of Object.entries(sources)) {
    if (keys.some((key) => key.startsWith(`${from}:`)) && !types.includes(type))
      inputs.refuse("prefix", `has keys from ${from}, which require a processor of type ${type}`);
  }
}

/** Namespace of a key in a prefix -> the processor that extracts it. */
const sources = {
  partitionKeyFromQuery: "MetadataExtraction",
  partitionKeyFromLambda: "Lambda",
} as const;

/** With their namespaces. */
function partitionKeys(prefix: string): readonly string[] {
  return parsePrefix(prefix).parts.flatMap((part) => {
    if (part.kind !== "partition-key") return [];
    const from = part.from === "query" ? "partitionKeyFromQuery" : "partitionKeyFromLambda";
    return [`${from}:${part.key}`];
  });
}

/** A value outside of the general range is reported there. */
function reportBuffer(
  inputs: DeclaredInputs,
  input: "bufferingSize" | "bufferingInterval",
  value: Declared<number>,
  range: NumberRange,
  feature: string,
): void {
  if (value instanceof Unknown || isIn(value, range) || value < 0 || value > 900) return;
  const found = inputs.has(input) ? `is ${value}` : `is not set, which means ${value}`;
  inputs.refuse(
    input,
    `${found}; allowed with ${feature}: ${range.minimum} to ${range.maximum ?? ""}`,
  );
}
