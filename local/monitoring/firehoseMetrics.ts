import type { MetricData } from "../../aws/cloudwatch/metric";
import type {
  ActivePartitions,
  CallFailed,
  DeliveryEvent,
  ErrorLogged,
  FunctionCalled,
  ObjectDelivered,
  RecordsConverted,
  RecordsRead,
} from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import { isThrottling } from "../../aws/throttling";

type Values = Readonly<Record<string, number>>;

/**
 * The metrics that Firehose, or CloudWatch Logs for its error log, publishes for an event; undefined if
 * there are none.
 */
export function firehoseMetrics(event: DeliveryEvent): MetricData | undefined {
  switch (event.type) {
    case "records-read":
      return ofDeliveryStream(event, readValues(event));
    case "function-called":
      return ofDeliveryStream(event, calledValues(event));
    case "object-delivered":
      return ofDeliveryStream(event, deliveredValues(event));
    case "call-failed":
      return ofDeliveryStream(event, failedValues(event));
    case "error-logged":
      return ofLogGroup(event);
    case "keys-extracted":
      return ofDeliveryStream(event, { "JQProcessing.Duration": event.milliseconds });
    case "records-buffered":
      return event.partitions && ofDeliveryStream(event, partitionValues(event.partitions));
    case "records-converted":
      return ofDeliveryStream(event, convertedValues(event));
  }
}

/** The metrics that Firehose publishes for a call of a producer. A rejected call counts as a request. */
export function directPutMetrics(call: DirectPutCall): MetricData {
  const { operation, records, bytes, milliseconds } = call;
  return ofDeliveryStream(call, {
    IncomingBytes: bytes,
    IncomingPutRequests: 1,
    IncomingRecords: records,
    // Without throttling they are 0, not missing.
    ThrottledRecords: 0,
    [`${operation}.Bytes`]: bytes,
    [`${operation}.Latency`]: milliseconds,
    [`${operation}.Requests`]: 1,
    ...(operation === "PutRecordBatch" && { "PutRecordBatch.Records": records }),
  });
}

/** Every read includes the throttling counters, so that without throttling they are 0, not missing. */
function readValues({ bytes, records, millisBehindLatest }: RecordsRead): Values {
  return {
    "DataReadFromKinesisStream.Bytes": bytes,
    "DataReadFromKinesisStream.Records": records,
    KinesisMillisBehindLatest: millisBehindLatest,
    ThrottledDescribeStream: 0,
    ThrottledGetRecords: 0,
    ThrottledGetShardIterator: 0,
  };
}

/** Only what the function returned as Ok counts as processed, as observed in AWS. */
function calledValues({ milliseconds, failure, okRecords, okBytes }: FunctionCalled): Values {
  return {
    "ExecuteProcessing.Duration": milliseconds,
    "ExecuteProcessing.Success": failure === undefined ? 1 : 0,
    "SucceedProcessing.Records": okRecords,
    "SucceedProcessing.Bytes": okBytes,
  };
}

/**
 * The number of partitions "varies between 1 and the partition count limit", so there is none while
 * nothing is buffered (Developer Guide, "Monitor Amazon Data Firehose with CloudWatch metrics").
 */
function partitionValues({ active, limit, recordsOverLimit }: ActivePartitions): Values {
  if (active === 0 && recordsOverLimit === 0) return {};
  return {
    ActivePartitionsLimit: limit,
    PartitionCount: active,
    PartitionCountExceeded: recordsOverLimit > 0 ? 1 : 0,
  };
}

function convertedValues({ records, bytes, failedRecords, failedBytes }: RecordsConverted): Values {
  return {
    "SucceedConversion.Records": records,
    "SucceedConversion.Bytes": bytes,
    "FailedConversion.Records": failedRecords,
    "FailedConversion.Bytes": failedBytes,
  };
}

/** Sizes are those of the records as they were read; error objects count like any other object. */
function deliveredValues(object: ObjectDelivered): Values {
  const { at, bytes, records, oldestArrival } = object;
  const output = metricOf(object);
  return {
    [`${output}.Bytes`]: bytes,
    [`${output}.Records`]: records,
    [`${output}.Success`]: 1,
    // AWS has the number of objects only with dynamic partitioning.
    ...(object.partition !== undefined && { [`${output}.ObjectCount`]: 1 }),
    // The clock of the stream may be ahead of the clock of the delivery.
    [`${output}.DataFreshness`]: Math.max(0, at - oldestArrival) / 1000,
  };
}

/** The backup has metrics of its own. */
function metricOf({ backup = false }: ObjectDelivered | CallFailed): string {
  return backup ? "BackupToS3" : "DeliveryToS3";
}

function failedValues(call: CallFailed): Values {
  const { operation, code } = call;
  const output = metricOf(call);
  switch (operation) {
    case "PutObject":
      return { [`${output}.Bytes`]: 0, [`${output}.Records`]: 0, [`${output}.Success`]: 0 };
    case "GetRecords":
    case "GetShardIterator":
      return { [`Throttled${operation}`]: isThrottling(code) ? 1 : 0 };
    case "ListShards":
      // Firehose lists shards instead of describing the stream, and has no metric for that.
      return { ThrottledDescribeStream: isThrottling(code) ? 1 : 0 };
    case "InvokeFunction":
    case "Checkpoint":
      return {};
  }
}

function ofDeliveryStream(
  { deliveryStream, at }: Pick<DeliveryEvent, "deliveryStream" | "at">,
  values: Values,
): MetricData {
  const dimensions = { DeliveryStreamName: deliveryStream };
  return { namespace: "AWS/Firehose", dimensions, at, values };
}

function ofLogGroup({ at, logGroupName, message }: ErrorLogged): MetricData {
  const values = { IncomingLogEvents: 1, IncomingBytes: Buffer.byteLength(message) };
  return { namespace: "AWS/Logs", dimensions: { LogGroupName: logGroupName }, at, values };
}
