import { processorTypes } from "../../processors/processorTypes";
import type { Features } from "../features";
import type { Problem } from "../problem";
import { placeAt } from "../schemaTree";
import { settingsWithoutEffect } from "./settingsWithoutEffect";
import type { SettingsView } from "./settingsView";

/** What the features require of the delivery's buffer, and of the records. */
export function processingProblems(settings: SettingsView, features: Features): readonly Problem[] {
  return [
    ...bufferProblems(settings, features),
    ...packedRecordProblems(features),
    ...processorCount(settings, features),
    ...transformProblems(settings, features),
  ];
}

/** The texts are those of AWS, for the size; the interval is that of the AWS CDK. */
function bufferProblems(settings: SettingsView, features: Features): readonly Problem[] {
  const partitioned = "Dynamic Partitioning";
  const converted = "data format conversion";
  const feature = features.partitions ? partitioned : features.format && converted;
  const size = settings.known.delivery?.bufferSizeMiB;
  const interval = settings.known.delivery?.bufferIntervalSeconds;
  return [
    ...(feature !== undefined && size !== undefined && size < 64
      ? [
          {
            path: ["delivery", "bufferSizeMiB"],
            reason: `is ${size}, but BufferingHints.SizeInMBs must be at least 64 when ${feature} is enabled`,
            allowed: "a whole number of MiB from 64 to 128",
            suggestion: 64,
          },
        ]
      : []),
    ...(features.partitions && interval !== undefined && interval < 60
      ? [
          {
            path: ["delivery", "bufferIntervalSeconds"],
            reason: `is ${interval}, but AWS requires at least 60 when ${partitioned} is enabled`,
            allowed: "a whole number of seconds from 60 to 900",
            suggestion: placeAt(["delivery", "bufferIntervalSeconds"]).defaultValue as number,
          },
        ]
      : []),
  ];
}

/** Firehose cannot read records that stay compressed. */
function packedRecordProblems(features: Features): readonly Problem[] {
  if (!features.packed) return [];
  const readers = [
    ...(features.cloudWatchLogs === "none"
      ? []
      : ["delivery.cloudWatchLogs already decompresses them"]),
    ...(features.queryKeys.length > 0 ? ["partitioning.keys reads them as JSON"] : []),
    ...(features.splits ? ["partitioning.splitRecords reads their contents"] : []),
    ...(features.format === undefined ? [] : ["the conversion reads them as JSON"]),
  ];
  const [reader] = readers;
  if (reader === undefined) return [];
  return [
    {
      path: ["delivery", "recordCompression"],
      reason: `is GZIP, which means that records stay compressed, but ${reader}`,
      allowed: "none",
      suggestion: "none",
    },
  ];
}

/** AWS: "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled." */
function processorCount(
  { known, isUnknown }: SettingsView,
  features: Features,
): readonly Problem[] {
  if (isUnknown("delivery", "delimiter")) return [];
  const { length } = processorTypes(features, known.delivery?.delimiter);
  if (length <= 5) return [];
  return [
    {
      path: ["delivery", "delimiter"],
      reason: `is newline, which makes ${length} processors, but AWS allows a maximum of 5`,
      allowed: "none, or one of the other steps less",
      suggestion: "none",
    },
  ];
}

function transformProblems(settings: SettingsView, features: Features): readonly Problem[] {
  if (features.transforms) return [];
  const others = ["bufferSizeMiB", "bufferIntervalSeconds", "retries", "partitionKeys"];
  return settingsWithoutEffect(settings, ["transform"], others, "transform.functionArn");
}
