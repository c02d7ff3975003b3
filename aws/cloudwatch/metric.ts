/** A metric of CloudWatch: its values are told apart by the dimensions. */
export interface Metric {
  /** e.g. `AWS/Firehose`. */
  readonly namespace: string;
  /** e.g. `DeliveryToS3.Records`. */
  readonly name: string;
  /** e.g. `{ DeliveryStreamName: "user-events" }`. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One value of a metric, as PutMetricData takes it. */
export interface MetricDatum extends Metric {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** In which a metric is published. CloudWatch finds no data in any other. */
export type Unit = "Count" | "Bytes" | "Seconds" | "Milliseconds" | "None";

/** The metrics of an AWS namespace that are measured here. */
interface MeasuredNamespace {
  /** The one dimension that they have. */
  readonly dimension: string;
  readonly units: Readonly<Record<string, Unit>>;
}

/**
 * Source: Amazon Data Firehose Developer Guide, "Monitoring with CloudWatch metrics"; Amazon Kinesis
 * Data Streams Developer Guide, "Basic stream-level metrics"; Amazon CloudWatch Logs User Guide,
 * "Monitoring with CloudWatch metrics".
 */
const measuredNamespaces: Readonly<Record<string, MeasuredNamespace>> = {
  "AWS/Firehose": {
    dimension: "DeliveryStreamName",
    units: {
      "DataReadFromKinesisStream.Bytes": "Bytes",
      "DataReadFromKinesisStream.Records": "Count",
      "DeliveryToS3.Bytes": "Bytes",
      "DeliveryToS3.DataFreshness": "Seconds",
      "DeliveryToS3.Records": "Count",
      "DeliveryToS3.Success": "Count",
      KinesisMillisBehindLatest: "Milliseconds",
      ThrottledDescribeStream: "Count",
      ThrottledGetRecords: "Count",
      ThrottledGetShardIterator: "Count",
    },
  },
  "AWS/Kinesis": {
    dimension: "StreamName",
    units: {
      "GetRecords.Bytes": "Bytes",
      "GetRecords.IteratorAgeMilliseconds": "Milliseconds",
      "GetRecords.Latency": "Milliseconds",
      "GetRecords.Records": "Count",
      "GetRecords.Success": "Count",
      IncomingBytes: "Bytes",
      IncomingRecords: "Count",
      "PutRecord.Bytes": "Bytes",
      "PutRecord.Latency": "Milliseconds",
      "PutRecord.Success": "Count",
      "PutRecords.Bytes": "Bytes",
      "PutRecords.FailedRecords": "Count",
      "PutRecords.Latency": "Milliseconds",
      "PutRecords.SuccessfulRecords": "Count",
      "PutRecords.Success": "Count",
      "PutRecords.ThrottledRecords": "Count",
      "PutRecords.TotalRecords": "Count",
      ReadProvisionedThroughputExceeded: "Count",
      WriteProvisionedThroughputExceeded: "Count",
    },
  },
  "AWS/Logs": {
    dimension: "LogGroupName",
    units: { IncomingBytes: "Bytes", IncomingLogEvents: "None" },
  },
};

/** The unit of a metric that is measured here; undefined for every other, e.g. one of a shard. */
export function unitOf({ namespace, name, dimensions }: Metric): Unit | undefined {
  const measured = measuredNamespaces[namespace];
  const [dimension, ...others] = Object.keys(dimensions);
  if (measured === undefined || dimension !== measured.dimension || others.length > 0)
    return undefined;
  return Object.hasOwn(measured.units, name) ? measured.units[name] : undefined;
}
