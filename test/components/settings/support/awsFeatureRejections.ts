import { matches, unless, whole } from "./constraints";
import { prefixRejections } from "./awsPrefixRejections";

/** The groups of args for what Firehose does with the records. */
export interface PlainFeatureArgs {
  delivery?: {
    bufferSizeMiB?: number;
    bufferIntervalSeconds?: number;
    compression?: string;
    prefix?: string;
    delimiter?: string;
    cloudWatchLogs?: string;
  };
  partitioning?: { keys?: Record<string, string>; retrySeconds?: number; splitRecords?: string };
  transform?: {
    functionArn?: string;
    bufferSizeMiB?: number;
    bufferIntervalSeconds?: number;
    retries?: number;
    partitionKeys?: string[];
  };
  conversion?: {
    tableArn?: string;
    catalog?: object;
    parquet?: { blockSizeMiB?: number; pageSizeKiB?: number; maxPaddingBytes?: number };
    orc?: { blockSizeMiB?: number; stripeSizeMiB?: number; rowIndexStride?: number };
  };
  backup?: {
    enabled?: boolean;
    bucketArn?: string;
    bufferSizeMiB?: number;
    bufferIntervalSeconds?: number;
    prefix?: string;
    errorPrefix?: string;
  };
}

/** What Firehose would reject in the processors, the conversion and the backup of a delivery stream. */
export function featureRejections(args: PlainFeatureArgs): string[] {
  return [
    ...processors(args),
    ...dynamicPartitioning(args),
    ...lambda(args.transform ?? {}),
    ...formatConversion(args),
    ...s3Backup(args.backup ?? {}),
  ];
}

/** "A maximum of 5 and a minimum of 1 processor needs to be supplied when processing is enabled." */
function processors({ delivery = {}, partitioning = {}, transform = {} }: PlainFeatureArgs) {
  const { cloudWatchLogs = "none", delimiter } = delivery;
  const isOn = [
    ...[cloudWatchLogs !== "none", cloudWatchLogs === "messages", delimiter === "newline"],
    ...[transform.functionArn !== undefined, Object.keys(partitioning.keys ?? {}).length > 0],
    partitioning.splitRecords !== undefined,
  ];
  return unless(isOn.filter(Boolean).length <= 5, "processors");
}

/** How the prefix names the partition keys. */
export function partitionExpressions({ partitioning = {}, transform = {} }: PlainFeatureArgs) {
  return [
    ...Object.keys(partitioning.keys ?? {}).map((key) => `!{partitionKeyFromQuery:${key}}`),
    ...(transform.partitionKeys ?? []).map((key) => `!{partitionKeyFromLambda:${key}}`),
  ];
}

function dynamicPartitioning(args: PlainFeatureArgs): string[] {
  const { delivery = {}, partitioning = {} } = args;
  const keys = partitionExpressions(args);
  const isPartitioned = keys.length > 0;
  const { prefix, bufferSizeMiB, bufferIntervalSeconds } = delivery;
  const { length } = Object.values(partitioning.keys ?? {}).join("");
  return [
    ...unless(whole(partitioning.retrySeconds, 0, 7200), "RetryOptions.DurationInSeconds"),
    ...unless(length <= 5120, "MetadataExtractionQuery"),
    ...unless(isPartitioned || partitioning.splitRecords === undefined, "RecordDeAggregation"),
    ...(isPartitioned
      ? [
          ...unless(whole(bufferSizeMiB, 64, 128), "SizeInMBs of partitions"),
          ...unless(whole(bufferIntervalSeconds, 60, 900), "IntervalInSeconds of partitions"),
        ]
      : []),
    ...unless(
      prefix === undefined || keys.every((key) => prefix.includes(key)),
      "keys that are not present in the S3 Prefix expression",
    ),
  ];
}

function lambda(transform: NonNullable<PlainFeatureArgs["transform"]>): string[] {
  const { functionArn, bufferSizeMiB = 1, bufferIntervalSeconds, retries } = transform;
  const pattern = /^arn:.*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;
  return [
    ...unless(matches(functionArn, pattern, 512), "LambdaArn"),
    ...unless(bufferSizeMiB >= 0.2 && bufferSizeMiB <= 3, "BufferSizeInMBs"),
    ...unless(whole(bufferIntervalSeconds, 0, 900), "BufferIntervalInSeconds"),
    ...unless(whole(retries, 0, 300), "NumberOfRetries"),
  ];
}

const KiB = 1024;
const MiB = 1024 * KiB;
/** The API's integers have 31 bits. */
const bytes = (value: number | undefined, unit: number, min: number) =>
  value === undefined || whole(value * unit, min, 2 ** 31 - 1);

function formatConversion({ conversion = {}, delivery = {} }: PlainFeatureArgs): string[] {
  const { tableArn, catalog, parquet = {}, orc = {} } = conversion;
  const isOn = tableArn !== undefined || catalog !== undefined;
  const { compression = "UNCOMPRESSED", bufferSizeMiB } = delivery;
  return [
    ...(isOn
      ? [
          ...unless(compression === "UNCOMPRESSED", "CompressionFormat with conversion"),
          ...unless(whole(bufferSizeMiB, 64, 128), "SizeInMBs with conversion"),
        ]
      : []),
    ...unless(bytes(parquet.blockSizeMiB, MiB, 64 * MiB), "BlockSizeBytes"),
    ...unless(bytes(parquet.pageSizeKiB, KiB, 64 * KiB), "PageSizeBytes"),
    ...unless(bytes(parquet.maxPaddingBytes, 1, 0), "MaxPaddingBytes"),
    ...unless(bytes(orc.blockSizeMiB, MiB, 64 * MiB), "BlockSizeBytes"),
    ...unless(bytes(orc.stripeSizeMiB, MiB, 8 * MiB), "StripeSizeBytes"),
    ...unless(bytes(orc.rowIndexStride, 1, 1000), "RowIndexStride"),
  ];
}

function s3Backup(backup: NonNullable<PlainFeatureArgs["backup"]>): string[] {
  const { prefix = "source/", errorPrefix = "bad/", bucketArn } = backup;
  return [
    ...unless(matches(bucketArn, /^arn:.*:s3:::[\w.-]{1,255}$/, 2048), "BucketARN"),
    ...unless(whole(backup.bufferSizeMiB, 1, 128), "SizeInMBs of the backup"),
    ...unless(whole(backup.bufferIntervalSeconds, 60, 900), "IntervalInSeconds of the backup"),
    ...prefixRejections(prefix, errorPrefix),
  ];
}
