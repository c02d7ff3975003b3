import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { ObjectDelivered } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { ErrorLine, FailingCall } from "./failures";
import { type Flow, noFlow } from "./flow";

/** What happened in a run so far, as much of it as the page shows; bounded, however long the run. */
export type PageState = readonly DeliveryStreamState[];

export interface DeliveryStreamState {
  readonly configuration: DeliveryConfiguration;
  /** What its stream accepted from producers. */
  readonly put: Flow;
  /** Records that its stream refused because a shard was too busy. */
  readonly throttledRecords: number;
  /** Records that its stream refused for another reason. */
  readonly failedRecords: number;
  readonly read: Flow;
  /** How far the last page of each shard was from its newest record, by shard id. */
  readonly millisBehindLatest: Readonly<Record<string, number>>;
  readonly buffer: BufferState;
  readonly delivered: Flow;
  /** Of all objects, after compression. */
  readonly storedBytes: number;
  readonly objectCount: number;
  /** Records among the delivered ones that went to error objects. */
  readonly errorRecords: number;
  /** Newest first, at most 200. */
  readonly objects: readonly DeliveredObject[];
  readonly errorCount: number;
  /** Newest first, at most 100. */
  readonly errors: readonly ErrorLine[];
  /** Refused by IAM; the one that failed last first. */
  readonly deniedCalls: readonly FailingCall[];
  /** Failed otherwise; the one that failed last first. */
  readonly failingCalls: readonly FailingCall[];
}

interface BufferState {
  readonly records: number;
  readonly bytes: number;
  /** When the buffering interval ends, in milliseconds since 1970; absent while it is empty. */
  readonly due?: number;
}

export type DeliveredObject = Omit<ObjectDelivered, "type" | "deliveryStream" | "oldestArrival">;

/** The state before anything has happened. */
export function initialState(pipeline: readonly DeliveryConfiguration[]): PageState {
  return pipeline.map((configuration) => ({
    configuration,
    put: noFlow,
    throttledRecords: 0,
    failedRecords: 0,
    read: noFlow,
    millisBehindLatest: {},
    buffer: { records: 0, bytes: 0 },
    delivered: noFlow,
    storedBytes: 0,
    objectCount: 0,
    errorRecords: 0,
    objects: [],
    errorCount: 0,
    errors: [],
    deniedCalls: [],
    failingCalls: [],
  }));
}
