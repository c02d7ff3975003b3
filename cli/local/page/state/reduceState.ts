import type {
  DeliveryEvent,
  ObjectDelivered,
} from "../../../../aws/firehose/delivery/deliveryEvent";
import type { KinesisCall, KinesisPut } from "../../../../aws/kinesis/kinesisCall";
import { errorLine, failingCallsWith } from "./failures";
import { flowWith } from "./flow";
import type { DeliveryStreamState, PageState } from "./pageState";

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
    const { name, region } = stream.configuration.source;
    return name === call.streamName && region === call.region ? afterPut(stream, call) : stream;
  });
}

function afterPut(stream: DeliveryStreamState, put: KinesisPut): DeliveryStreamState {
  return {
    ...stream,
    put: flowWith(stream.put, put.at, put.records, put.bytes),
    throttledRecords: stream.throttledRecords + put.throttledRecords,
    failedRecords: stream.failedRecords + put.failedRecords,
  };
}

function afterEvent(stream: DeliveryStreamState, event: DeliveryEvent): DeliveryStreamState {
  switch (event.type) {
    case "records-read": {
      const { shardId, at, records, bytes, millisBehindLatest } = event;
      return {
        ...stream,
        read: flowWith(stream.read, at, records, bytes),
        millisBehindLatest: { ...stream.millisBehindLatest, [shardId]: millisBehindLatest },
      };
    }
    case "records-buffered": {
      const { records, bytes, due } = event;
      return { ...stream, buffer: { records, bytes, ...(due !== undefined && { due }) } };
    }
    case "object-delivered":
      return afterObject(stream, event);
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

function afterObject(stream: DeliveryStreamState, event: ObjectDelivered): DeliveryStreamState {
  const { bucket, key, at, records, bytes, storedBytes, reason, errorOutputType } = event;
  const isError = errorOutputType !== undefined;
  const object = { bucket, key, at, records, bytes, storedBytes, reason };
  return {
    ...stream,
    delivered: flowWith(stream.delivered, at, records, bytes),
    storedBytes: stream.storedBytes + storedBytes,
    objectCount: stream.objectCount + 1,
    errorRecords: stream.errorRecords + (isError ? records : 0),
    objects: [{ ...object, ...(isError && { errorOutputType }) }, ...stream.objects].slice(
      0,
      maxObjects,
    ),
  };
}
