import type { MetricData } from "../../aws/cloudwatch/metric";
import type { KinesisCall, KinesisPut, KinesisRead } from "../../aws/kinesis/kinesisCall";
import { isThrottling } from "../../aws/throttling";

type Values = Readonly<Record<string, number>>;

/** The metrics that Kinesis Data Streams publishes for a call to a stream. */
export function kinesisMetrics(call: KinesisCall): MetricData {
  return {
    namespace: "AWS/Kinesis",
    dimensions: { StreamName: call.streamName },
    at: call.at,
    values: valuesOf(call),
  };
}

function valuesOf(call: KinesisCall): Values {
  switch (call.operation) {
    case "GetRecords":
      return readValues(call);
    case "PutRecord":
      return putRecordValues(call);
    case "PutRecords":
      return putRecordsValues(call);
  }
}

function putRecordValues({ records, bytes, milliseconds, throttledRecords }: KinesisPut): Values {
  return {
    IncomingBytes: bytes,
    IncomingRecords: records,
    "PutRecord.Bytes": bytes,
    "PutRecord.Latency": milliseconds,
    WriteProvisionedThroughputExceeded: throttledRecords,
    "PutRecord.Success": records > 0 ? 1 : 0,
  };
}

/** Each rejected record counts as either throttled or failed. One accepted record makes a success. */
function putRecordsValues(call: KinesisPut): Values {
  const { records, bytes, milliseconds, throttledRecords, failedRecords } = call;
  return {
    IncomingBytes: bytes,
    IncomingRecords: records,
    "PutRecords.Bytes": bytes,
    "PutRecords.Latency": milliseconds,
    WriteProvisionedThroughputExceeded: throttledRecords,
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
