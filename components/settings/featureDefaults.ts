import type { Features } from "./features";
import { defaultPrefixes, packedRecordDefaults } from "./groups/delivery";

/** The defaults of settings that depend on the pipeline's name and on its features, by group. */
export interface FeatureDefaults {
  readonly delivery: {
    readonly prefix: string;
    readonly errorPrefix: string;
    readonly compression?: "UNCOMPRESSED";
    readonly delimiter?: "none";
    readonly fileExtension?: string;
  };
  readonly backup: {
    readonly prefix?: string;
    readonly errorPrefix?: string;
    readonly compression?: "GZIP" | "UNCOMPRESSED";
  };
}

export function featureDefaults(name: string, features: Features): FeatureDefaults {
  return {
    delivery: {
      ...defaultPrefixes(name, partitionPath(features)),
      ...(features.packed && packedRecordDefaults),
      // AWS separates the messages itself.
      ...(features.cloudWatchLogs === "messages" && { delimiter: "none" as const }),
      ...(features.format !== undefined && {
        // A converted object has a compression of its own, and no lines.
        ...({ compression: "UNCOMPRESSED", delimiter: "none" } as const),
        fileExtension: `.${features.format}`,
      }),
    },
    backup: features.backsUp ? backupDefaults(name, features) : {},
  };
}

/** A part of the prefix for each partition key, in the form of Hive: `name=value/`. */
function partitionPath({ queryKeys, functionKeys }: Features): string {
  const part = (namespace: string) => (key: string) => `${key}=!{${namespace}:${key}}/`;
  return [
    ...queryKeys.map(part("partitionKeyFromQuery")),
    ...functionKeys.map(part("partitionKeyFromLambda")),
  ].join("");
}

function backupDefaults(name: string, { packed, cloudWatchLogs }: Features) {
  const areCompressed = packed || cloudWatchLogs !== "none";
  return {
    prefix: `backup/${name}/!{timestamp:yyyy/MM/dd}/`,
    errorPrefix: `backup-errors/${name}/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
    compression: areCompressed ? ("UNCOMPRESSED" as const) : ("GZIP" as const),
  };
}
