import { type MetricDatum, metricData } from "../../aws/cloudwatch/metric";
import type { KinesisCall, KinesisPut, KinesisRead } from "../../aws/kinesis/kinesisCall";
import { isThrottling } from "../../aws/throttling";

type Values = Readonly<Record<string, number>>;

/** The metrics that Kinesis Data Streams publishes for a call to a stream. */
export function kinesisMetrics(call: KinesisCall): readonly MetricDatum[] {
  return metricData("AWS/Kinesis", { StreamName: call.streamName }, call.at, valuesOf(call));
}

function valuesOf(call: KinesisCall): Values {
  switch (call.operation) {
    case "GetRecords":
      return readValues(call);
    case "PutRecord":
      return { ...putValues(call), "PutRecord.Success": call.records > 0 ? 1 : 0 };
    case "PutRecords":
      return { ...putValues(call), ...recordValues(call) };
  }
}

function putValues({
  operation,
  records,
  bytes,
  milliseconds,
  throttledRecords,
}: KinesisPut): Values {
  return {
    IncomingBytes: bytes,
    IncomingRecords: records,
    [`${operation}.Bytes`]: bytes,
    [`${operation}.Latency`]: milliseconds,
    WriteProvisionedThroughputExceeded: throttledRecords,
  };
}

/** Each rejected record counts as either throttled or failed. One accepted record makes a success. */
function recordValues({ records, throttledRecords, failedRecords }: KinesisPut): Values {
  return {
    "PutRecords.Success": records > 0 ? 1 : 0,
    "PutRecords.TotalRecords": records + throttledRecords + failedRecords,
    "PutRecords.SuccessfulRecords": records,
    "PutRecords.FailedRecords": failedRecords,
    "PutRecords.ThrottledRecords": throttledRecords,
  };
}

/** A failed read has no values for records or for the age of the next one. */
function readValues(call: KinesisRead): Values {
  const { errorCode, records, bytes, milliseconds, iteratorAge } = call;
  if (errorCode !== undefined)
    return {
      "GetRecords.Success": 0,
      "GetRecords.Latency": milliseconds,
      ReadProvisionedThroughputExceeded: isThrottling(errorCode) ? 1 : 0,
    };
  return {
    "GetRecords.Success": 1,
    "GetRecords.Latency": milliseconds,
    ReadProvisionedThroughputExceeded: 0,
    "GetRecords.Records": records,
    "GetRecords.Bytes": bytes,
    "GetRecords.IteratorAgeMilliseconds": iteratorAge,
  };
}
