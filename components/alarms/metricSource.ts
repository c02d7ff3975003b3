/** Whose metrics: their namespace in CloudWatch, and the dimension that tells one from the other. */
export const metricSources = {
  stream: { namespace: "AWS/Kinesis", dimension: "StreamName" },
  firehose: { namespace: "AWS/Firehose", dimension: "DeliveryStreamName" },
  errorLog: { namespace: "AWS/Logs", dimension: "LogGroupName" },
} as const;

export type MetricSource = keyof typeof metricSources;
