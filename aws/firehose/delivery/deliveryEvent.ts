import type { FlushReason } from "./deliveryBuffer";

/** What a delivery stream does, told as it happens. */
export type DeliveryEvent =
  RecordsRead | RecordsBuffered | ObjectDelivered | CallFailed | ErrorLogged;

interface Event {
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Records came from a shard. */
export interface RecordsRead extends Event {
  readonly type: "records-read";
  readonly shardId: string;
  readonly records: number;
  /** Of data, in the records. */
  readonly bytes: number;
  /** How far the page was from the newest record of the shard, in time. */
  readonly millisBehindLatest: number;
}

/** What is in the buffer now, after records came or left. */
interface RecordsBuffered extends Event {
  readonly type: "records-buffered";
  readonly records: number;
  /** Of data, before compression: what the buffering hint for the size counts. */
  readonly bytes: number;
  /** When the buffering interval ends, in milliseconds since 1970; absent while it is empty. */
  readonly due?: number;
}

/** An object is in the bucket. */
export interface ObjectDelivered extends Event {
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
  /** Set on an object with records that could not be delivered, e.g. `processing-failed`. */
  readonly errorOutputType?: string;
}

/** A call to the AWS API failed. */
export interface FailedCall {
  /** Of the AWS API. */
  readonly operation: FirehoseOperation;
  /** 1 for the first failure in a row. */
  readonly attempt: number;
  /** Until it is made again. */
  readonly delayMilliseconds: number;
  /** AWS's code, e.g. `AccessDenied`, or that of the system, e.g. `ENOSPC`. */
  readonly code: string;
  readonly message: string;
  /** Whether IAM refused it: then it fails as long as no policy is changed. */
  readonly denied: boolean;
}

/** The calls of a delivery stream, and the writing of its position in the stream. */
export type FirehoseOperation =
  "ListShards" | "GetShardIterator" | "GetRecords" | "PutObject" | "Checkpoint";

export interface CallFailed extends Event, FailedCall {
  readonly type: "call-failed";
}

/** A line went to the CloudWatch log of the delivery stream. */
export interface ErrorLogged extends Event {
  readonly type: "error-logged";
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** JSON, as Firehose writes it. */
  readonly message: string;
}
