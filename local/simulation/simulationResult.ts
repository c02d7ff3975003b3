import type { FlushReason } from "../../aws/firehose/delivery/deliveryBuffer";
import type { FirehoseOperation } from "../../aws/firehose/delivery/deliveryEvent";

/** What a simulated delivery stream did with its traffic. Times are in milliseconds. */
export interface SimulationResult {
  readonly records: RecordCounts;
  readonly objects: ObjectCounts;
  /** From the arrival of a record at the stream until its object is in the bucket. */
  readonly latency: Distribution;
  readonly failedCalls: readonly FailedCalls[];
  /** Until everything was delivered. */
  readonly milliseconds: number;
  readonly minutes: Minutes;
}

interface RecordCounts {
  /** That the stream accepted. */
  readonly accepted: number;
  /** Of data, in them. */
  readonly bytes: number;
  /** That shards refused beyond their limits. They are not sent again. */
  readonly throttled: number;
  /** Accepted, and lost as nobody had read them when their retention ended. */
  readonly expired: number;
  readonly delivered: number;
  /** Accepted, and neither delivered nor expired. */
  readonly undelivered: number;
}

interface ObjectCounts {
  /** With records as they should be. */
  readonly data: number;
  /** With records that could not be delivered. */
  readonly error: number;
  readonly reasons: Readonly<Record<FlushReason, number>>;
  /** Of data in the records of one, in bytes. */
  readonly bytes: Distribution;
  /** Of one in the bucket, in bytes, estimated. */
  readonly storedBytes: Distribution;
  /** Of all together, in bytes, estimated. */
  readonly allStoredBytes: number;
}

/** All 0 without any value. */
export interface Distribution {
  readonly min: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface FailedCalls {
  readonly operation: FirehoseOperation;
  /** AWS's code, e.g. `ServiceUnavailable`. */
  readonly code: string;
  readonly times: number;
}

/** One value for each minute since the begin; null where there is nothing to measure. */
export interface Minutes {
  /** Records that the stream accepted. */
  readonly accepted: readonly number[];
  readonly throttled: readonly number[];
  /** Records in objects that came into the bucket. */
  readonly delivered: readonly number[];
  /** Of these records, in milliseconds. */
  readonly latency: Readonly<Record<"p50" | "p99" | "max", readonly (number | null)[]>>;
  /** Objects that came into the bucket. */
  readonly objects: readonly number[];
  /** Sizes of these objects, in bytes, estimated. */
  readonly storedBytes: Readonly<Record<"min" | "max", readonly (number | null)[]>>;
  /** How long the oldest record on the stream had been waiting to be read, in milliseconds. */
  readonly lag: readonly number[];
}
