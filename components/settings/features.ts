import { valueAt } from "./valueAt";

/** Which features of Firehose are on, as far as other settings and resources depend on it. */
export interface Features {
  /** Names of the partition keys from jq, in the order of the settings. */
  readonly queryKeys: readonly string[];
  /** Names of the partition keys that the function returns. */
  readonly functionKeys: readonly string[];
  /** Whether objects are partitioned by keys of the records. */
  readonly partitions: boolean;
  readonly splits: boolean;
  readonly transforms: boolean;
  /** The format that records are converted to. */
  readonly format: "parquet" | "orc" | undefined;
  readonly backsUp: boolean;
  readonly cloudWatchLogs: "none" | "decompress" | "messages";
  /** Whether the records themselves are compressed, and stay so. */
  readonly packed: boolean;
}

/**
 * Reads the features from args or settings. Whether a value is set counts, also if it is known only
 * after deployment.
 */
export function featuresOf(settings: object): Features {
  const at = (...path: readonly string[]) => valueAt(settings, path);
  const queryKeys = namesIn(at("partitioning", "keys"));
  const functionKeys = stringsIn(at("transform", "partitionKeys"));
  const isConverted =
    at("conversion", "tableArn") !== undefined ||
    lengthOf(at("conversion", "catalog", "columns")) > 0;
  const logs = at("delivery", "cloudWatchLogs");
  const packing = at("delivery", "recordCompression");
  return {
    queryKeys,
    functionKeys,
    partitions: queryKeys.length + functionKeys.length > 0,
    splits: at("partitioning", "splitRecords") !== undefined,
    transforms: at("transform", "functionArn") !== undefined,
    format: isConverted ? (at("conversion", "to") === "orc" ? "orc" : "parquet") : undefined,
    backsUp: at("backup", "enabled") === true || at("backup", "bucketArn") !== undefined,
    cloudWatchLogs: logs === "decompress" || logs === "messages" ? logs : "none",
    packed: packing === "GZIP",
  };
}

/**
 * What Firehose does with the records, as other programs read it from the outputs: the names of the steps
 * that are on.
 */
export function processingSteps(settings: object): string[] {
  const { cloudWatchLogs, splits, partitions, transforms, format } = featuresOf(settings);
  const separator = valueAt(settings, ["partitioning", "splitRecords"]);
  const splitting =
    separator === "json" ? "split-json" : separator === "\n" ? "split-lines" : "split";
  return [
    ...(cloudWatchLogs === "none" ? [] : [cloudWatchLogs]),
    ...(splits ? [splitting] : []),
    ...(partitions ? ["partition"] : []),
    ...(transforms ? ["transform"] : []),
    ...(format === undefined ? [] : [format]),
  ];
}

function namesIn(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
