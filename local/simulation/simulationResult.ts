import type { FlushReason } from "../../aws/firehose/delivery/deliveryBuffer";
import type {
  FirehoseOperation,
  RecordsConverted,
} from "../../aws/firehose/delivery/deliveryEvent";

/** What a simulated delivery stream did with its traffic. Times are in milliseconds. */
export interface SimulationResult {
  readonly records: RecordCounts;
  readonly objects: ObjectCounts;
  /** From the arrival of a record at the stream until its object is in the bucket. */
  readonly latency: Distribution;
  /** Of the source records; absent if it got no objects. */
  readonly backup?: BackupCounts;
  readonly failedCalls: readonly FailedCalls[];
  /** Of the function that transforms records, which returns each unchanged; absent without one. */
  readonly functionCalls?: number;
  /** How many records the function gets in a call, on average; absent without one. */
  readonly recordsPerCall?: number;
  /** Of records to another format; absent without one. */
  readonly conversion?: Pick<RecordsConverted, "records" | "failedRecords">;
  /** Absent without dynamic partitioning. */
  readonly partitions?: PartitionCounts;
  /** From the start until every record was delivered or expired. */
  readonly milliseconds: number;
  readonly minutes: Minutes;
}

interface RecordCounts {
  /** Records that the stream accepted. */
  readonly accepted: number;
  /** Bytes of data in the accepted records. */
  readonly bytes: number;
  /** Records that shards rejected because of their limits. They are not sent again. */
  readonly throttled: number;
  /** Accepted records that were lost because their retention ended before they were read. */
  readonly expired: number;
  readonly delivered: number;
  /** Accepted records that were neither delivered nor expired. */
  readonly undelivered: number;
}

interface BackupCounts {
  readonly objects: number;
  readonly records: number;
  /** Bytes of all objects in the bucket of the backup, estimated. */
  readonly storedBytes: number;
}

interface PartitionCounts {
  /** How many can be active at once. */
  readonly limit: number;
  /** How many were. */
  readonly most: number;
  /** Records that are in error objects because more would have been. */
  readonly recordsOverLimit: number;
}

/** Records that could not be delivered for one reason. */
export interface FailedRecords {
  /** E.g. `metadata-extraction-failed`. */
  readonly errorOutputType: string;
  readonly objects: number;
  readonly records: number;
}

/** Those of the destination. */
interface ObjectCounts {
  /** Objects with delivered records. */
  readonly data: number;
  /** Objects with records that could not be delivered. */
  readonly error: number;
  /** Why records are in them; absent without any. */
  readonly errors?: readonly FailedRecords[];
  /** Objects with delivered records that have less than 1 MiB in the bucket. */
  readonly small: number;
  readonly reasons: Readonly<Record<FlushReason, number>>;
  /** Bytes of data in the records of one object. */
  readonly bytes: Distribution;
  /** Bytes of one object in the bucket, estimated. */
  readonly storedBytes: Distribution;
  /** Bytes of data in the records of all objects. */
  readonly allBytes: number;
  /** Bytes of all objects in the bucket, estimated. */
  readonly allStoredBytes: number;
}

/** All 0 without values. */
export interface Distribution {
  readonly min: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface FailedCalls {
  readonly operation: FirehoseOperation;
  /** Whether they are puts of the backup; absent if not. */
  readonly backup?: true;
  /** AWS's code, e.g. `ServiceUnavailable`. */
  readonly code: string;
  readonly times: number;
}

/** One value for each minute since the start; null for a minute without measurements. */
export interface Minutes {
  /** Records that the stream accepted. */
  readonly accepted: readonly number[];
  readonly throttled: readonly number[];
  /** Records in objects that were put into the bucket. */
  readonly delivered: readonly number[];
  /** Latency of these records, in milliseconds. */
  readonly latency: Readonly<Record<"p50" | "p99" | "max", readonly (number | null)[]>>;
  /** Objects that were put into the bucket. */
  readonly objects: readonly number[];
  /** Sizes of these objects, in bytes, estimated. */
  readonly storedBytes: Readonly<Record<"min" | "max", readonly (number | null)[]>>;
  /** How long the oldest record on the stream had been waiting to be read, in milliseconds. */
  readonly lag: readonly number[];
  /** The most active partitions; absent without dynamic partitioning. */
  readonly partitions?: readonly number[];
}
