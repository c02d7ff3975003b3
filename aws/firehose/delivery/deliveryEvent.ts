import type { FunctionCall } from "../transformation/functionInvoker";
import type { FlushReason } from "./deliveryBuffer";

/** What a delivery stream does, reported as it happens. */
export type DeliveryEvent =
  | RecordsRead
  | FunctionCalled
  | KeysExtracted
  | RecordsBuffered
  | RecordsConverted
  | ObjectDelivered
  | CallFailed
  | ErrorLogged;

interface Event {
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/**
 * Which of the two outputs of a delivery stream objects belong to: its destination, or the backup of its
 * source records.
 */
export type Output = "destination" | "backup";

/** What concerns the objects of one output. */
interface OfOutput {
  /** True if it concerns the backup. Default: false, the destination. */
  readonly backup?: boolean;
}

interface StreamRecords {
  /**
   * How many records of the stream end in these: an aggregate of the Kinesis Producer Library is one
   * record of the stream, and so is a record that a processor splits. Default: `records`.
   */
  readonly streamRecords?: number;
}

/**
 * The delivery stream read records from a shard. They are counted as the stream holds them, before a
 * record is split, as the metrics DataReadFromKinesisStream.* do ("the number of records read").
 */
export interface RecordsRead extends Event {
  readonly type: "records-read";
  readonly shardId: string;
  readonly records: number;
  /** Of data, in the records. */
  readonly bytes: number;
  /** Time between the page and the newest record of the shard. */
  readonly millisBehindLatest: number;
}

/** A call of the function that transforms records has ended. */
export interface FunctionCalled extends Event, FunctionCall {
  readonly type: "function-called";
}

/** A query has run on some records to extract their partition keys. */
interface KeysExtracted extends Event {
  readonly type: "keys-extracted";
  readonly records: number;
  readonly milliseconds: number;
}

/** What has been read and is not in the bucket of an output yet, after each change. */
export interface RecordsBuffered extends Event, StreamRecords, OfOutput {
  readonly type: "records-buffered";
  /** In buffers that still collect records. */
  readonly records: number;
  /** Of data before compression, as the buffer size counts it. */
  readonly bytes: number;
  /** When the buffer interval ends, in milliseconds since 1970; absent while the buffer is empty. */
  readonly due?: number;
  /** In complete buffers. */
  readonly sealed: SealedRecords;
  /**
   * How many records of the stream processors have removed since the delivery stream started.
   * Default: 0.
   */
  readonly droppedRecords?: number;
  /** Absent without dynamic partitioning. */
  readonly partitions?: ActivePartitions;
}

/** The partitions with records that are not in the bucket yet. */
export interface ActivePartitions {
  readonly active: number;
  /** How many can be. */
  readonly limit: number;
  /** How many records would have needed a further one, since the event before. */
  readonly recordsOverLimit: number;
  /** Those that still collect records, as of the call: there are many events, and few readers. */
  readonly open: () => readonly OpenPartition[];
}

/** The buffer of a partition. */
export interface OpenPartition {
  /** The evaluated prefix that its records share. */
  readonly partition: string;
  readonly records: number;
  /** Of data, before compression. */
  readonly bytes: number;
}

/** The records of an object were converted to another format. */
export interface RecordsConverted extends Event {
  readonly type: "records-converted";
  readonly records: number;
  /** Of their data, before the conversion. */
  readonly bytes: number;
  /** Those that could not be converted. */
  readonly failedRecords: number;
  readonly failedBytes: number;
}

/** Records that wait for the bucket. */
export interface SealedRecords extends StreamRecords {
  readonly objects: number;
  readonly records: number;
  /** Of data before compression, in buffers of which an object is not in the bucket yet. */
  readonly bytes: number;
}

/** An object is in the bucket. With a backup, each record is in objects of both outputs. */
export interface ObjectDelivered extends Event, StreamRecords, OfOutput {
  readonly type: "object-delivered";
  readonly bucket: string;
  readonly key: string;
  readonly records: number;
  /** Of data, in the records. */
  readonly bytes: number;
  /** Of the object, after compression. */
  readonly storedBytes: number;
  /** Arrival of its oldest record at the stream, in milliseconds since 1970. */
  readonly oldestArrival: number;
  /** Why the buffer became an object now. */
  readonly reason: FlushReason;
  /** Only of an object with records that could not be delivered, e.g. `processing-failed`. */
  readonly errorOutputType?: string;
  /** The evaluated prefix that its records share; absent without dynamic partitioning, and for errors. */
  readonly partition?: string;
}

/** A call to the AWS API failed. Only a PutObject call can be one of the backup. */
export interface FailedCall extends OfOutput {
  readonly operation: FirehoseOperation;
  /** 1 for the first failure in a row. */
  readonly attempt: number;
  /** Until the next attempt. */
  readonly delayMilliseconds: number;
  /** AWS's code, e.g. `AccessDenied`, or that of the operating system, e.g. `ENOSPC`. */
  readonly code: string;
  readonly message: string;
  /** Whether IAM denied it: then it fails until a policy changes. */
  readonly denied: boolean;
}

/** The AWS calls of a delivery stream, and the writing of its checkpoint. */
export type FirehoseOperation =
  "ListShards" | "GetShardIterator" | "GetRecords" | "InvokeFunction" | "PutObject" | "Checkpoint";

export interface CallFailed extends Event, FailedCall {
  readonly type: "call-failed";
}

/** The delivery stream wrote a line to its CloudWatch error log. */
export interface ErrorLogged extends Event {
  readonly type: "error-logged";
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** JSON, as Firehose writes it. */
  readonly message: string;
}
