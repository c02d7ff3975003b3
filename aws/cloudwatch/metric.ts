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
