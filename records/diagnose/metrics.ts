/** A metric that a diagnosis reads. */
interface DiagnosedMetric {
  readonly namespace: "AWS/Kinesis" | "AWS/Firehose";
  readonly metric: string;
  readonly statistic: "Sum" | "Maximum" | "Minimum";
}

/**
 * The metrics that a diagnosis reads. What is put to a stream and to a delivery stream without one have the
 * same meaning.
 *
 * Source: Amazon Data Firehose Developer Guide, "Monitoring with CloudWatch metrics"; Amazon Kinesis Data
 * Streams Developer Guide, "Basic stream-level metrics".
 */
export const diagnosedMetrics = {
  sent: { namespace: "AWS/Kinesis", metric: "IncomingRecords", statistic: "Sum" },
  put: { namespace: "AWS/Firehose", metric: "IncomingRecords", statistic: "Sum" },
  read: {
    ...{ namespace: "AWS/Firehose", statistic: "Sum" },
    metric: "DataReadFromKinesisStream.Records",
  },
  delivered: { namespace: "AWS/Firehose", metric: "DeliveryToS3.Records", statistic: "Sum" },
  freshness: {
    ...{ namespace: "AWS/Firehose", statistic: "Maximum" },
    metric: "DeliveryToS3.DataFreshness",
  },
  behind: { namespace: "AWS/Firehose", metric: "KinesisMillisBehindLatest", statistic: "Maximum" },
  iteratorAge: {
    ...{ namespace: "AWS/Kinesis", statistic: "Maximum" },
    metric: "GetRecords.IteratorAgeMilliseconds",
  },
  writeThrottled: {
    ...{ namespace: "AWS/Kinesis", statistic: "Sum" },
    metric: "WriteProvisionedThroughputExceeded",
  },
  putThrottled: { namespace: "AWS/Firehose", metric: "ThrottledRecords", statistic: "Sum" },
  readThrottled: {
    ...{ namespace: "AWS/Kinesis", statistic: "Sum" },
    metric: "ReadProvisionedThroughputExceeded",
  },
  getThrottled: { namespace: "AWS/Firehose", metric: "ThrottledGetRecords", statistic: "Sum" },
  functionSuccess: {
    ...{ namespace: "AWS/Firehose", statistic: "Minimum" },
    metric: "ExecuteProcessing.Success",
  },
  partitionsExceeded: {
    ...{ namespace: "AWS/Firehose", statistic: "Maximum" },
    metric: "PartitionCountExceeded",
  },
  keyDisabled: { namespace: "AWS/Firehose", metric: "KMSKeyDisabled", statistic: "Sum" },
  keyDenied: { namespace: "AWS/Firehose", metric: "KMSKeyAccessDenied", statistic: "Sum" },
  keyInvalid: { namespace: "AWS/Firehose", metric: "KMSKeyInvalidState", statistic: "Sum" },
  keyMissing: { namespace: "AWS/Firehose", metric: "KMSKeyNotFound", statistic: "Sum" },
} as const satisfies Readonly<Record<string, DiagnosedMetric>>;

export type MetricName = keyof typeof diagnosedMetrics;

export const metricNames = Object.keys(diagnosedMetrics) as [MetricName, ...MetricName[]];

/** The value of a metric in one period. */
export interface Point {
  /** Start of the period, in milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** The metrics of a pipeline over the same time. */
export interface Measured {
  readonly since: number;
  readonly periodSeconds: number;
  readonly series: Readonly<Partial<Record<MetricName, readonly Point[]>>>;
}

/** The periods in which a metric is above 0, oldest first. */
export function above0({ series }: Measured, name: MetricName): readonly Point[] {
  return (series[name] ?? []).filter(({ value }) => value > 0);
}

export function sumOf(points: readonly Point[]): number {
  return points.reduce((sum, { value }) => sum + value, 0);
}

/** What producers put, to the stream or to the delivery stream without one. */
export function received(measured: Measured): readonly Point[] {
  const fromStream = above0(measured, "sent");
  return fromStream.length > 0 ? fromStream : above0(measured, "put");
}

/** The newest value; undefined without data. */
export function newest({ series }: Measured, name: MetricName): Point | undefined {
  return series[name]?.at(-1);
}
