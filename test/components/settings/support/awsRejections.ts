import {
  featureRejections,
  partitionExpressions,
  type PlainFeatureArgs,
} from "./awsFeatureRejections";
import { prefixRejections } from "./awsPrefixRejections";
import { matches, unless, whole } from "./constraints";

/** Args as plain values; an absent value is not sent, or is the default. */
export interface PlainArgs extends PlainFeatureArgs {
  stream?: { shardCount?: number; retentionHours?: number; shardLevelMetrics?: string[] };
  bucket?: {
    noncurrentExpiryDays?: number;
    tiering?: { storageClass: string; afterDays: number }[];
    expiryDays?: number;
    errorExpiryDays?: number;
  };
  delivery?: PlainFeatureArgs["delivery"] & {
    fileExtension?: string;
    errorPrefix?: string;
    timeZone?: string;
    logRetentionDays?: number;
  };
  roles?: { path?: string; permissionsBoundaryArn?: string };
  alarms?: { actionArns?: string[]; okActionArns?: string[] };
  existing?: {
    streamArn?: string;
    bucketArn?: string;
    roleArn?: string;
    keyArn?: string;
    bucketKeyArn?: string;
  };
  tags?: Record<string, string>;
}

/**
 * What AWS itself would reject, in the terms of its APIs. Written from their models, guides and
 * errors, independently of this project's code, so that one can be compared with the other.
 */
export function awsRejections(args: PlainArgs): string[] {
  return [
    ...kinesis(args.stream ?? {}),
    ...s3Lifecycle(args.bucket ?? {}),
    ...firehose(args.delivery ?? {}, partitionExpressions(args)),
    ...featureRejections(args),
    ...firehoseArns(args.existing ?? {}),
    ...iam(args.roles ?? {}),
    ...cloudWatch(args.alarms ?? {}),
    ...tagging(args.tags ?? {}),
  ];
}

function kinesis({ shardCount, retentionHours, shardLevelMetrics = [] }: Stream): string[] {
  const names =
    /^(Incoming(Bytes|Records)|Outgoing(Bytes|Records)|(Read|Write)ProvisionedThroughputExceeded|IteratorAgeMilliseconds)$/;
  return [
    ...unless(whole(shardCount, 1, 10_000), "ShardCount"),
    ...unless(whole(retentionHours, 24, 8760), "RetentionPeriodHours"),
    ...unless(shardLevelMetrics.length <= 7, "ShardLevelMetrics"),
    ...unless(
      shardLevelMetrics.every((name) => names.test(name)),
      "ShardLevelMetrics",
    ),
  ];
}
type Stream = NonNullable<PlainArgs["stream"]>;

/** The waterfall of storage classes, from top to bottom; DEEP_ARCHIVE is below them all. */
const depths = ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER"];
const depth = (storageClass: string) =>
  storageClass === "DEEP_ARCHIVE" ? depths.length : depths.indexOf(storageClass);
const between: Readonly<Record<string, number>> = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
};

function s3Lifecycle(bucket: NonNullable<PlainArgs["bucket"]>): string[] {
  const { tiering = [], expiryDays } = bucket;
  return [
    ...unless(whole(bucket.noncurrentExpiryDays, 1), "NoncurrentDays"),
    ...unless(whole(bucket.errorExpiryDays, 1), "Days"),
    ...unless(whole(expiryDays, 1), "Days"),
    ...tiering.flatMap(({ storageClass, afterDays }, index) => [
      ...unless(depth(storageClass) >= 0, "StorageClass"),
      ...unless(whole(afterDays, /_IA$/.test(storageClass) ? 30 : 0), "Transition Days"),
      ...unless(expiryDays === undefined || expiryDays > afterDays, "Expiration before Transition"),
      ...tiering.slice(0, index).flatMap((before) => {
        const gap = afterDays - before.afterDays;
        const sideways = before.storageClass === "ONEZONE_IA" && storageClass === "GLACIER_IR";
        return [
          ...unless(depth(storageClass) > depth(before.storageClass) && !sideways, "waterfall"),
          ...unless(gap >= (between[before.storageClass] ?? 1), "days between transitions"),
        ];
      }),
    ]),
  ];
}

function firehose(
  delivery: NonNullable<PlainArgs["delivery"]>,
  partitionKeys: readonly string[],
): string[] {
  const {
    prefix = `raw/${partitionKeys.join("/")}/!{timestamp:yyyy}/`,
    errorPrefix = "errors/!{firehose:error-output-type}",
  } = delivery;
  const retention = [
    ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557],
    ...[2922, 3288, 3653],
  ];
  const { compression = "GZIP", timeZone, logRetentionDays = 90 } = delivery;
  return [
    ...unless(whole(delivery.bufferSizeMiB, 1, 128), "SizeInMBs"),
    ...unless(whole(delivery.bufferIntervalSeconds, 0, 900), "IntervalInSeconds"),
    ...unless(/^(UNCOMPRESSED|GZIP|ZIP|Snappy|HADOOP_SNAPPY)$/.test(compression), "Compression"),
    ...unless(matches(delivery.fileExtension, /^$|^\.[0-9a-z!\-_.*'()]+$/, 50), "FileExtension"),
    ...unless(matches(timeZone, /^$|^[a-zA-Z/_]+$/, 50), "CustomTimeZone"),
    ...unless(timeZone === "UTC" || timeZone?.length !== 3, "CustomTimeZone"),
    ...unless(retention.includes(logRetentionDays), "retentionInDays"),
    ...prefixRejections(prefix, errorPrefix, partitionKeys),
  ];
}

function firehoseArns(existing: Existing): string[] {
  const { streamArn, bucketArn, roleArn, keyArn, bucketKeyArn = keyArn } = existing;
  const stream = /^arn:.*:kinesis:[a-zA-Z0-9-]+:\d{12}:stream\/[a-zA-Z0-9_.-]+$/;
  const key = /^arn:.*:kms:[a-zA-Z0-9-]+:\d{12}:(key|alias)\/[a-zA-Z_0-9+=,.@\-_/]+$/;
  return [
    ...unless(matches(streamArn, stream, 512), "KinesisStreamARN"),
    ...unless((streamArn?.split("/")[1] ?? "").length <= 128, "StreamName"),
    ...unless(matches(bucketArn, /^arn:.*:s3:::[\w.-]{1,255}$/, 2048), "BucketARN"),
    ...unless(matches(roleArn, roleArnPattern, 512), "RoleARN"),
    ...unless(matches(bucketKeyArn, key, 512), "AWSKMSKeyARN"),
  ];
}
type Existing = NonNullable<PlainArgs["existing"]>;

const roleArnPattern = /^arn:.*:iam::\d{12}:role\/[a-zA-Z_0-9+=,.@\-_/]+$/;

function iam({ path = "/", permissionsBoundaryArn }: NonNullable<PlainArgs["roles"]>): string[] {
  const longestRole = `arn:aws-us-gov:iam::123456789012:role${path}${"r".repeat(57)}`;
  return [
    ...unless(matches(path, /^\/$|^\/[\u0021-\u007e]+\/$/, 512), "Path"),
    ...unless(matches(longestRole, roleArnPattern, 512), "RoleARN"),
    ...unless(matches(permissionsBoundaryArn, /^arn:.*:iam::.*:policy\/.+/, 2048), "boundary"),
  ];
}

function cloudWatch({ actionArns = [], okActionArns = [] }: NonNullable<PlainArgs["alarms"]>) {
  const topics = [...actionArns, ...okActionArns].filter((arn) => arn.includes(":sns:"));
  const regions = new Set(topics.map((arn) => arn.split(":")[3]));
  return [
    ...[actionArns, okActionArns].flatMap((arns) => [
      ...unless(arns.length <= 5, "actions"),
      ...arns.flatMap((arn) => unless(matches(arn, /^arn:.*:.*:.*:.*:.+$/, 1024), "action")),
    ]),
    ...unless(regions.size <= 1, "Invalid region specified"),
  ];
}

function tagging(tags: Record<string, string>): string[] {
  const keys = Object.keys(tags);
  const lower = new Set(keys.map((key) => key.toLowerCase()));
  return [
    ...unless(keys.length <= 50, "tags"),
    ...unless(lower.size === keys.length, "Duplicate tag keys found"),
    ...keys.flatMap((key) =>
      unless(matches(key, /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu, 128), "tag key"),
    ),
    ...Object.values(tags).flatMap((value) =>
      unless(matches(value, /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/iu, 256), "tag value"),
    ),
  ];
}
