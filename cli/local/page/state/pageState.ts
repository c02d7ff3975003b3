import type { ObjectDelivered } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { ErrorLine, FailingCall } from "./failures";
import { type Flow, noFlow } from "./flow";

/** What has happened in a run, as far as the page shows it. Its size is bounded. */
export type PageState = readonly DeliveryStreamState[];

export interface DeliveryStreamState {
  readonly configuration: DeliveryConfiguration;
  /** Records that its stream accepted from producers. */
  readonly put: Flow;
  /** Records that its stream rejected because a shard exceeded its throughput. */
  readonly throttledRecords: number;
  /** Records that its stream rejected for another reason. */
  readonly failedRecords: number;
  readonly read: Flow;
  /** Delay of the last page of each shard behind its newest record, by shard id. */
  readonly millisBehindLatest: Readonly<Record<string, number>>;
  readonly buffer: BufferState;
  readonly delivered: Flow;
  /** Size of all objects, after compression. */
  readonly storedBytes: number;
  readonly objectCount: number;
  /** Delivered records that are in error objects. */
  readonly errorRecords: number;
  /** Newest first, at most 200. */
  readonly objects: readonly DeliveredObject[];
  readonly errorCount: number;
  /** Newest first, at most 100. */
  readonly errors: readonly ErrorLine[];
  /** Calls that IAM denied; most recent failure first. */
  readonly deniedCalls: readonly FailingCall[];
  /** Calls that failed for another reason; most recent failure first. */
  readonly failingCalls: readonly FailingCall[];
}

interface BufferState {
  readonly records: number;
  readonly bytes: number;
  /** End of the buffer interval, in milliseconds since 1970; absent while the buffer is empty. */
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
