import type { FlushReason } from "./deliveryBuffer";

/** What a delivery stream does, told as it happens. */
export type DeliveryEvent = RecordsRead | ObjectDelivered | Retry;

/** Records came from a shard into the buffer. */
export interface RecordsRead {
  readonly type: "records-read";
  /** Name of the delivery stream. */
  readonly deliveryStream: string;
  readonly shardId: string;
  readonly records: number;
  /** Of data, in the records. */
  readonly bytes: number;
}

/** An object is in the bucket. */
export interface ObjectDelivered {
  readonly type: "object-delivered";
  readonly deliveryStream: string;
  readonly bucket: string;
  readonly key: string;
  readonly records: number;
  /** Of data, in the records. */
  readonly bytes: number;
  /** Of the object, after compression. */
  readonly storedBytes: number;
  /** Why the buffer became an object now. */
  readonly reason: FlushReason;
}

/** A call failed and will be repeated after a while. */
export interface FailedCall {
  /** Of the AWS API. */
  readonly operation: "ListShards" | "GetShardIterator" | "GetRecords" | "PutObject";
  /** 1 for the first failure in a row. */
  readonly attempt: number;
  readonly delayMilliseconds: number;
  readonly error: string;
}

export interface Retry extends FailedCall {
  readonly type: "retry";
  readonly deliveryStream: string;
}
