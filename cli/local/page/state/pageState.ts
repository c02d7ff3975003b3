import type {
  ObjectDelivered,
  SealedRecords,
} from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import { type BackupState, initialBackup } from "./backupState";
import type { ErrorLine, FailingCall } from "./failures";
import { type Flow, noFlow } from "./flow";
import { noPartitions, type PartitionsState } from "./partitions";

/** What has happened in a run, as far as the page shows it. Its size is bounded. */
export type PageState = readonly DeliveryStreamState[];

export interface DeliveryStreamState {
  readonly configuration: DeliveryConfiguration;
  /** Records of its stream that an earlier run accepted and did not deliver. */
  readonly resumedRecords: number;
  /** Records that its stream accepted from producers. */
  readonly put: Flow;
  /** Records that its stream rejected because a shard exceeded its throughput. */
  readonly throttledRecords: number;
  /** Records that its stream rejected for another reason. */
  readonly failedRecords: number;
  /** The newest put of which records were rejected. */
  readonly rejection?: Rejection;
  /** Records of the stream: an aggregate of the Kinesis Producer Library is one. */
  readonly read: Flow;
  /** Delay of the last page of each shard behind its newest record, by shard id. */
  readonly millisBehindLatest: Readonly<Record<string, number>>;
  readonly buffer: BufferState;
  /** Complete buffers that are not in the bucket yet. */
  readonly sealed: SealedState;
  /** Records of the stream that processors removed. */
  readonly droppedRecords: number;
  /** Records in objects: one record of the stream can become several. */
  readonly delivered: Flow;
  /** Records of the stream whose last part is in an object. */
  readonly deliveredStreamRecords: number;
  /** Size of all objects of the destination, after compression. */
  readonly storedBytes: number;
  /** Of the destination. */
  readonly objectCount: number;
  /** Of its source records; absent without one. */
  readonly backup?: BackupState;
  readonly partitions: PartitionsState;
  /** Delivered records that are in error objects. */
  readonly errorRecords: number;
  /** Of the destination, newest first, at most 200. */
  readonly objects: readonly DeliveredObject[];
  readonly errorCount: number;
  /** Newest first, at most 100. */
  readonly errors: readonly ErrorLine[];
  /** Calls that IAM denied; most recent failure first. */
  readonly deniedCalls: readonly FailingCall[];
  /** Calls that failed for another reason; most recent failure first. */
  readonly failingCalls: readonly FailingCall[];
}

export interface Rejection {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** When the first of an unbroken row of rejections was. */
  readonly since: number;
  /** Whether only because a shard exceeded its throughput. */
  readonly throttled: boolean;
  /** AWS's code; absent if the call succeeded for its other records. */
  readonly code?: string;
}

/** How long a rejection counts as the present state. */
const rejectionMilliseconds = 10_000;

export function isRejecting(last: Rejection | undefined, now: number): last is Rejection {
  return last !== undefined && now - last.at < rejectionMilliseconds;
}

interface BufferState {
  readonly records: number;
  /** How many records of the stream end in it. */
  readonly streamRecords: number;
  readonly bytes: number;
  /** End of the buffer interval, in milliseconds since 1970; absent while the buffer is empty. */
  readonly due?: number;
}

interface SealedState extends Required<SealedRecords> {
  /** Since when there are any, in milliseconds since 1970; absent if there are none. */
  readonly since?: number;
}

export type DeliveredObject = Omit<
  ObjectDelivered,
  "type" | "deliveryStream" | "oldestArrival" | "streamRecords"
>;

/**
 * The state before anything has happened.
 *
 * @param resumedRecords how many records an earlier run left to a delivery stream
 */
export function initialState(
  pipeline: readonly DeliveryConfiguration[],
  resumedRecords: (configuration: DeliveryConfiguration) => number = () => 0,
): PageState {
  return pipeline.map((configuration) => ({
    ...initialStream(configuration),
    resumedRecords: resumedRecords(configuration),
  }));
}

function initialStream(configuration: DeliveryConfiguration): DeliveryStreamState {
  const backup = initialBackup(configuration);
  return {
    configuration,
    ...(backup && { backup }),
    resumedRecords: 0,
    put: noFlow,
    throttledRecords: 0,
    failedRecords: 0,
    read: noFlow,
    millisBehindLatest: {},
    buffer: { records: 0, streamRecords: 0, bytes: 0 },
    sealed: { objects: 0, records: 0, streamRecords: 0, bytes: 0 },
    droppedRecords: 0,
    delivered: noFlow,
    deliveredStreamRecords: 0,
    storedBytes: 0,
    objectCount: 0,
    partitions: noPartitions,
    errorRecords: 0,
    objects: [],
    errorCount: 0,
    errors: [],
    deniedCalls: [],
    failingCalls: [],
  };
}
