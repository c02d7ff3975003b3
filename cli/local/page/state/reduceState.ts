import type {
  DeliveryEvent,
  FirehoseOperation,
  FunctionCalled,
  ObjectDelivered,
  RecordsBuffered,
} from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../../../aws/firehose/endpoint/directPutCall";
import type { KinesisCall, KinesisPut } from "../../../../aws/kinesis/kinesisCall";
import { isThrottling } from "../../../../aws/throttling";
import { backupAfter } from "./backupState";
import { errorLine, failingCallsWith, recoveredCalls } from "./failures";
import { flowWith } from "./flow";
import { partitionsAfter } from "./partitions";
import { type DeliveryStreamState, isRejecting, type PageState, type Rejection } from "./pageState";

const maxObjects = 200;
const maxErrors = 100;

/** @returns the state after an event of a delivery stream */
export function reduceDelivery(state: PageState, event: DeliveryEvent): PageState {
  return state.map((stream) =>
    stream.configuration.name === event.deliveryStream ? afterEvent(stream, event) : stream,
  );
}

/** @returns the state after a call to a stream, which may be the source of several delivery streams */
export function reduceKinesis(state: PageState, call: KinesisCall): PageState {
  if (call.operation === "GetRecords") return state;
  return state.map((stream) => {
    const { source } = stream.configuration;
    const isSource = source.type === "kinesis" && source.name === call.streamName;
    return isSource && source.region === call.region ? afterPut(stream, call) : stream;
  });
}

/** @returns the state after producers put records to a delivery stream */
export function reduceDirectPut(state: PageState, call: DirectPutCall): PageState {
  return state.map((stream) => {
    const { name, source } = stream.configuration;
    const isTarget = source.type === "direct-put" && name === call.deliveryStream;
    return isTarget && source.region === call.region
      ? afterPut(stream, { ...call, throttledRecords: 0 })
      : stream;
  });
}

/** Records that producers put, to a stream or to a delivery stream. */
type Put = Pick<
  KinesisPut,
  "at" | "records" | "bytes" | "throttledRecords" | "failedRecords" | "errorCode"
>;

function afterPut(stream: DeliveryStreamState, put: Put): DeliveryStreamState {
  const rejection = rejectionOf(put, stream.rejection) ?? stream.rejection;
  return {
    ...stream,
    put: flowWith(stream.put, put.at, put.records, put.bytes),
    throttledRecords: stream.throttledRecords + put.throttledRecords,
    failedRecords: stream.failedRecords + put.failedRecords,
    ...(rejection && { rejection }),
  };
}

function rejectionOf(put: Put, last: Rejection | undefined): Rejection | undefined {
  const { at, throttledRecords, failedRecords, errorCode } = put;
  if (throttledRecords + failedRecords === 0 && errorCode === undefined) return undefined;
  return {
    at,
    since: isRejecting(last, at) ? last.since : at,
    throttled: failedRecords === 0 && (errorCode === undefined || isThrottling(errorCode)),
    ...(errorCode !== undefined && { code: errorCode }),
  };
}

function afterEvent(stream: DeliveryStreamState, event: DeliveryEvent): DeliveryStreamState {
  switch (event.type) {
    case "records-read": {
      const { shardId, at, records, bytes, millisBehindLatest } = event;
      return recovered(["ListShards", "GetShardIterator", "GetRecords"], at, {
        ...stream,
        read: flowWith(stream.read, at, records, bytes),
        millisBehindLatest: { ...stream.millisBehindLatest, [shardId]: millisBehindLatest },
      });
    }
    case "keys-extracted":
    case "records-converted":
      return stream;
    case "function-called":
      return afterFunction(stream, event);
    case "records-buffered":
      return event.backup
        ? recoveredUnlessWaiting(stream, event)
        : recoveredUnlessWaiting(afterBuffering(stream, event), event);
    case "object-delivered": {
      const { at, backup = false } = event;
      const after = backup ? afterBackup(stream, event) : afterObject(stream, event);
      return recovered(["PutObject", "Checkpoint"], at, after, backup);
    }
    case "call-failed": {
      const calls = event.denied ? "deniedCalls" : "failingCalls";
      return { ...stream, [calls]: failingCallsWith(stream[calls], event) };
    }
    case "error-logged": {
      const errorCount = stream.errorCount + 1;
      const errors = [errorLine(errorCount, event), ...stream.errors].slice(0, maxErrors);
      return { ...stream, errorCount, errors };
    }
  }
}

/** A function that fails is repeated, and then its records fail: delivery continues. */
function afterFunction(stream: DeliveryStreamState, event: FunctionCalled): DeliveryStreamState {
  const { at, attempt, failure } = event;
  if (failure === undefined) return recovered(["InvokeFunction"], at, stream);
  const failed = { type: "call-failed", operation: "InvokeFunction", denied: false } as const;
  const { errorCode: code, errorMessage, reason } = failure;
  const message = reason === undefined ? errorMessage : `${errorMessage} ${reason}`;
  const { deliveryStream } = event;
  const delay = { attempt, delayMilliseconds: 0 };
  const call = { ...failed, ...delay, deliveryStream, at, code, message };
  return { ...stream, failingCalls: failingCallsWith(stream.failingCalls, call) };
}

/**
 * @param backup whether the puts among the operations are those of the backup
 * @returns the state after these operations have succeeded
 */
function recovered(
  operations: readonly FirehoseOperation[],
  at: number,
  stream: DeliveryStreamState,
  backup = false,
): DeliveryStreamState {
  return {
    ...stream,
    deniedCalls: recoveredCalls(stream.deniedCalls, operations, at, backup),
    failingCalls: recoveredCalls(stream.failingCalls, operations, at, backup),
  };
}

/** No put of an output fails while none of its objects waits. */
function recoveredUnlessWaiting(
  stream: DeliveryStreamState,
  { at, sealed, backup = false }: RecordsBuffered,
): DeliveryStreamState {
  return sealed.objects === 0 ? recovered(["PutObject"], at, stream, backup) : stream;
}

function afterBackup(stream: DeliveryStreamState, event: ObjectDelivered): DeliveryStreamState {
  const { backup } = stream;
  return backup ? { ...stream, backup: backupAfter(backup, event) } : stream;
}

function afterBuffering(stream: DeliveryStreamState, event: RecordsBuffered): DeliveryStreamState {
  const { at, records, streamRecords = records, bytes, due, sealed, droppedRecords = 0 } = event;
  const { partitions } = event;
  const since = sealed.objects === 0 ? undefined : (stream.sealed.since ?? at);
  return {
    ...stream,
    ...(partitions && { partitions: { ...stream.partitions, active: partitions } }),
    buffer: { records, streamRecords, bytes, ...(due !== undefined && { due }) },
    sealed: {
      ...{ streamRecords: sealed.records, ...sealed },
      ...(since !== undefined && { since }),
    },
    droppedRecords,
  };
}

function afterObject(stream: DeliveryStreamState, event: ObjectDelivered): DeliveryStreamState {
  const { bucket, key, at, records, streamRecords = records, bytes, storedBytes } = event;
  const { reason, errorOutputType } = event;
  const isError = errorOutputType !== undefined;
  const object = { bucket, key, at, records, bytes, storedBytes, reason };
  return {
    ...stream,
    delivered: flowWith(stream.delivered, at, records, bytes),
    deliveredStreamRecords: stream.deliveredStreamRecords + streamRecords,
    storedBytes: stream.storedBytes + storedBytes,
    objectCount: stream.objectCount + 1,
    partitions: partitionsAfter(stream.partitions, event),
    errorRecords: stream.errorRecords + (isError ? records : 0),
    objects: [{ ...object, ...(isError && { errorOutputType }) }, ...stream.objects].slice(
      0,
      maxObjects,
    ),
  };
}
