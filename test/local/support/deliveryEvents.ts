import type {
  CallFailed,
  ErrorLogged,
  FailedCall,
  FunctionCalled,
  ObjectDelivered,
  RecordsBuffered,
  RecordsRead,
} from "../../../aws/firehose/delivery/deliveryEvent";
import type { KinesisPut, KinesisRead } from "../../../aws/kinesis/kinesisCall";

/** Of the delivery stream `events`. */
export function recordsRead(changes: Partial<RecordsRead> = {}): RecordsRead {
  return {
    type: "records-read",
    deliveryStream: "events",
    at: 0,
    shardId: "shardId-000000000000",
    records: 10,
    bytes: 1000,
    millisBehindLatest: 0,
    ...changes,
  };
}

export function objectDelivered(changes: Partial<ObjectDelivered> = {}): ObjectDelivered {
  return {
    type: "object-delivered",
    deliveryStream: "events",
    at: 0,
    bucket: "my-lake",
    key: "raw/events-1",
    records: 10,
    bytes: 1000,
    storedBytes: 100,
    oldestArrival: 0,
    reason: "interval",
    ...changes,
  };
}

/** A call that returned all records but one, which it dropped. */
export function functionCalled(changes: Partial<FunctionCalled> = {}): FunctionCalled {
  return {
    ...{ type: "function-called", deliveryStream: "events", at: 0, attempt: 1, maximumAttempts: 4 },
    functionArn: "arn:aws:lambda:eu-central-1:123456789012:function:clean",
    ...{ milliseconds: 40, records: 10, okRecords: 9, okBytes: 900, droppedRecords: 1 },
    ...changes,
  };
}

/** With some of five partitions active. */
export function recordsBuffered(changes: Partial<RecordsBuffered> = {}): RecordsBuffered {
  return {
    ...{ type: "records-buffered", deliveryStream: "events", at: 0, records: 10, bytes: 1000 },
    sealed: { objects: 0, records: 0, bytes: 0 },
    partitions: { active: 3, limit: 5, recordsOverLimit: 0, open: () => [] },
    ...changes,
  };
}

/** Of a call in which the function threw an error. */
export const functionFailure = {
  errorCode: "Lambda.FunctionError",
  errorMessage: "The Lambda function was successfully invoked but it returned an error result.",
  reason: "TypeError: no",
} as const;

export function failedCall(operation: FailedCall["operation"], code: string): FailedCall {
  const message = "rejected";
  return { operation, attempt: 1, delayMilliseconds: 250, code, message, denied: false };
}

export function callFailed(
  operation: FailedCall["operation"],
  code: string,
  at = 0,
  deliveryStream = "events",
): CallFailed {
  const call = failedCall(operation, code);
  return { type: "call-failed", deliveryStream, at, ...call };
}

/** In the log group that the component creates. */
export function errorLogged(at = 0, message = '{"errorCode":"S3.AccessDenied"}'): ErrorLogged {
  return {
    type: "error-logged",
    deliveryStream: "events",
    at,
    logGroupName: "/aws/kinesisfirehose/events-test",
    logStreamName: "DestinationDelivery",
    message,
  };
}

/** To the stream `events`. */
export function kinesisPut(changes: Partial<KinesisPut> = {}): KinesisPut {
  return {
    operation: "PutRecords",
    streamName: "events",
    region: "eu-central-1",
    at: 0,
    milliseconds: 5,
    records: 10,
    bytes: 1000,
    throttledRecords: 0,
    failedRecords: 0,
    ...changes,
  };
}

export function kinesisRead(changes: Partial<KinesisRead> = {}): KinesisRead {
  return {
    operation: "GetRecords",
    streamName: "events",
    region: "eu-central-1",
    at: 0,
    milliseconds: 5,
    records: 10,
    bytes: 1000,
    iteratorAge: 0,
    ...changes,
  };
}
