import type { ValidFeatures } from "./validFeatures";

/** The defaults that what Firehose does with the records of user-events changes, as docs/settings.md has them. */
export function impliedDefaults(
  { groups, cloudWatchLogs, keys, format }: ValidFeatures,
  isPacked: boolean,
): object {
  const partitions = Object.entries(keys).map(([key, expression]) => `${key}=${expression}/`);
  const { enabled, bucketArn } = (groups.backup ?? {}) as { enabled?: boolean; bucketArn?: string };
  const areCompressed =
    isPacked || cloudWatchLogs === "decompress" || cloudWatchLogs === "messages";
  return {
    delivery: {
      prefix: `raw/user-events/${partitions.join("")}!{timestamp:yyyy/MM/dd}/`,
      ...(isPacked && { compression: "UNCOMPRESSED", delimiter: "none", fileExtension: ".gz" }),
      ...(cloudWatchLogs === "messages" && { delimiter: "none" }),
      ...(format !== undefined && {
        ...{ compression: "UNCOMPRESSED", delimiter: "none", fileExtension: `.${format}` },
      }),
    },
    ...((enabled === true || bucketArn !== undefined) && {
      backup: {
        prefix: "backup/user-events/!{timestamp:yyyy/MM/dd}/",
        errorPrefix:
          "backup-errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        compression: areCompressed ? "UNCOMPRESSED" : "GZIP",
      },
    }),
  };
}
