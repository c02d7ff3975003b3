/** A metric of CloudWatch, identified by namespace, name and dimensions. */
export interface Metric {
  /** E.g. `AWS/Firehose`. */
  readonly namespace: string;
  /** E.g. `DeliveryToS3.Records`. */
  readonly name: string;
  /** E.g. `{ DeliveryStreamName: "user-events" }`. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Values of several metrics with the same namespace and dimensions, all of one moment. */
export interface MetricData extends Omit<Metric, "name"> {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** By the name of the metric. */
  readonly values: Readonly<Record<string, number>>;
}

/** The unit in which AWS publishes a metric. CloudWatch finds no data in any other unit. */
export type Unit = "Count" | "Bytes" | "Seconds" | "Milliseconds" | "None";

/** The metrics of an AWS namespace that the local run publishes. */
interface LocalNamespace {
  /** Their only dimension. */
  readonly dimension: string;
  readonly units: Readonly<Record<string, Unit>>;
}

/**
 * Source: Amazon Data Firehose Developer Guide, "Monitoring with CloudWatch metrics"; Amazon Kinesis
 * Data Streams Developer Guide, "Basic stream-level metrics"; Amazon CloudWatch Logs User Guide,
 * "Monitoring with CloudWatch metrics".
 */
const localNamespaces: Readonly<Record<string, LocalNamespace>> = {
  "AWS/Firehose": {
    dimension: "DeliveryStreamName",
    units: {
      ActivePartitionsLimit: "Count",
      "BackupToS3.Bytes": "Bytes",
      "BackupToS3.DataFreshness": "Seconds",
      "BackupToS3.Records": "Count",
      "BackupToS3.Success": "Count",
      "DataReadFromKinesisStream.Bytes": "Bytes",
      "DataReadFromKinesisStream.Records": "Count",
      "DeliveryToS3.Bytes": "Bytes",
      "DeliveryToS3.DataFreshness": "Seconds",
      "DeliveryToS3.ObjectCount": "Count",
      "DeliveryToS3.Records": "Count",
      "DeliveryToS3.Success": "Count",
      "ExecuteProcessing.Duration": "Milliseconds",
      "ExecuteProcessing.Success": "Count",
      "FailedConversion.Bytes": "Bytes",
      "FailedConversion.Records": "Count",
      IncomingBytes: "Bytes",
      IncomingPutRequests: "Count",
      IncomingRecords: "Count",
      "JQProcessing.Duration": "Milliseconds",
      KinesisMillisBehindLatest: "Milliseconds",
      PartitionCount: "Count",
      PartitionCountExceeded: "Count",
      "PutRecord.Bytes": "Bytes",
      "PutRecord.Latency": "Milliseconds",
      "PutRecord.Requests": "Count",
      "PutRecordBatch.Bytes": "Bytes",
      "PutRecordBatch.Latency": "Milliseconds",
      "PutRecordBatch.Records": "Count",
      "PutRecordBatch.Requests": "Count",
      "SucceedConversion.Bytes": "Bytes",
      "SucceedConversion.Records": "Count",
      "SucceedProcessing.Bytes": "Bytes",
      "SucceedProcessing.Records": "Count",
      ThrottledDescribeStream: "Count",
      ThrottledGetRecords: "Count",
      ThrottledGetShardIterator: "Count",
      ThrottledRecords: "Count",
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

/** The unit of a metric of the local run; undefined for any other metric, e.g. of a single shard. */
export function unitOf({ namespace, name, dimensions }: Metric): Unit | undefined {
  const local = localNamespaces[namespace];
  const [dimension, ...others] = Object.keys(dimensions);
  if (local === undefined || dimension !== local.dimension || others.length > 0) return undefined;
  return Object.hasOwn(local.units, name) ? local.units[name] : undefined;
}
