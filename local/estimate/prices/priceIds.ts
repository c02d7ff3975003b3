/** A meter of an AWS bill. */
export interface Meter {
  readonly service: Service;
  /** What is metered, for a line of the estimate. */
  readonly label: string;
  /** What one price is for. */
  readonly unit: string;
  /** How many of what is counted (a record, a request, an object) one unit is. */
  readonly per: number;
}

export type Service =
  "Kinesis Data Streams" | "Firehose" | "S3" | "KMS" | "CloudWatch" | "Lambda" | "Athena";

function meters<Name extends string>(
  service: Service,
  metered: Readonly<Record<Name, readonly [label: string, unit: string, per?: number]>>,
): Readonly<Record<Name, Meter>> {
  const entries = Object.entries<readonly [string, string, number?]>(metered);
  return Object.fromEntries(
    entries.map(([name, [label, unit, per = 1]]) => [name, { service, label, unit, per }]),
  ) as Record<Name, Meter>;
}

/** Every meter that an estimate uses. A price file has a price for each of these names. */
export const priceMeters = {
  ...meters("Kinesis Data Streams", {
    "kinesis.shardHour": ["shards", "shard-hour"],
    "kinesis.putUnit": ["put payload units", "million units", 1e6],
    "kinesis.extendedRetentionShardHour": ["retention up to 7 days", "shard-hour"],
    "kinesis.onDemandStreamHour": ["stream, on demand", "stream-hour"],
    "kinesis.onDemandIn": ["data in", "GB"],
    "kinesis.onDemandOut": ["data out", "GB"],
    "kinesis.onDemandExtendedRetention": ["retention up to 7 days", "GB-month"],
    "kinesis.longTermRetention": ["retention above 7 days", "GB-month"],
  }),
  ...meters("Firehose", {
    "firehose.ingest": ["data ingested", "GB"],
    "firehose.conversion": ["format conversion", "GB"],
    "firehose.decompression": ["decompression", "GB"],
    "firehose.partitionedData": ["partitioned data", "GB"],
    "firehose.partitionedObject": ["partitioned objects", "thousand objects", 1000],
    "firehose.jqHour": ["extraction with jq", "hour"],
  }),
  ...meters("S3", {
    "s3.standard": ["Standard", "GB-month"],
    "s3.intelligentTiering": ["Intelligent-Tiering", "GB-month"],
    "s3.intelligentTieringObject": ["tiering monitored", "thousand objects", 1000],
    "s3.standardIa": ["Standard-IA", "GB-month"],
    "s3.oneZoneIa": ["One Zone-IA", "GB-month"],
    "s3.glacierIr": ["Glacier Instant", "GB-month"],
    "s3.glacier": ["Glacier Flexible", "GB-month"],
    "s3.deepArchive": ["Glacier Deep Archive", "GB-month"],
    "s3.put": ["PUT requests", "thousand requests", 1000],
    "s3.get": ["GET requests", "thousand requests", 1000],
    "s3.transitionIntelligentTiering": ["transitions", "thousand requests", 1000],
    "s3.transitionStandardIa": ["transitions", "thousand requests", 1000],
    "s3.transitionOneZoneIa": ["transitions", "thousand requests", 1000],
    "s3.transitionGlacierIr": ["transitions", "thousand requests", 1000],
    "s3.transitionGlacier": ["transitions", "thousand requests", 1000],
    "s3.transitionDeepArchive": ["transitions", "thousand requests", 1000],
  }),
  ...meters("KMS", {
    "kms.key": ["keys", "key-month"],
    "kms.request": ["requests", "10,000 requests", 10_000],
  }),
  ...meters("CloudWatch", {
    "cloudwatch.alarm": ["alarms", "metric"],
    "cloudwatch.compositeAlarm": ["composite alarms", "alarm"],
    "cloudwatch.dashboard": ["dashboards", "dashboard"],
    "cloudwatch.metric": ["shard-level metrics", "metric"],
    "cloudwatch.logIn": ["log data in", "GB"],
    "cloudwatch.logStorage": ["log data stored", "GB-month"],
  }),
  ...meters("Lambda", {
    "lambda.request": ["invocations", "million requests", 1e6],
    "lambda.duration": ["duration", "GB-second"],
  }),
  ...meters("Athena", { "athena.scan": ["data scanned", "TB"] }),
};

export type PriceId = keyof typeof priceMeters;

export const priceIds = Object.keys(priceMeters) as readonly PriceId[];
