import type { Features } from "../settings/features";

/** The types of the processors that settings turn on. */
export type ProcessorType =
  | "Decompression"
  | "CloudWatchLogProcessing"
  | "RecordDeAggregation"
  | "Lambda"
  | "MetadataExtraction"
  | "AppendDelimiterToRecord";

/**
 * The processors that are on, in the order in which AWS applies them.
 *
 * Source: Firehose Developer Guide, "Create a Firehose stream from console to destination".
 */
export function processorTypes(
  features: Features,
  delimiter: string | undefined,
): readonly ProcessorType[] {
  const { cloudWatchLogs, splits, transforms, queryKeys } = features;
  const all: readonly (readonly [ProcessorType, boolean])[] = [
    ["Decompression", cloudWatchLogs !== "none"],
    ["CloudWatchLogProcessing", cloudWatchLogs === "messages"],
    ["RecordDeAggregation", splits],
    ["Lambda", transforms],
    ["MetadataExtraction", queryKeys.length > 0],
    ["AppendDelimiterToRecord", delimiter === "newline"],
  ];
  return all.flatMap(([type, isOn]) => (isOn ? [type] : []));
}
