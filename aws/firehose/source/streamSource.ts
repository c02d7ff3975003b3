import type { Awaitable } from "../../awaitable";

/** A record of a stream, with the members that delivery uses. */
export interface SourceRecord {
  readonly data: Uint8Array;
  /** Approximate arrival at the stream, in milliseconds since 1970. */
  readonly arrival: number;
  readonly sequenceNumber: string;
  /**
   * False for all but the last part of a record that was split, e.g. into the user records of the
   * Kinesis Producer Library: the record counts as read only with its last part.
   */
  readonly endsRecord?: boolean;
  /**
   * The data as read, of a part of a record that was decompressed before it was split: what is stored
   * if the part fails. Absent if that is `data`.
   */
  readonly original?: Uint8Array;
  /** Absent if the source has none, or nothing needs it. */
  readonly partitionKey?: string;
  /** Position among the parts of a record that was split. Default: 0. */
  readonly subSequenceNumber?: number;
}

/** Whether it is a whole record of the stream, or the last part of one. */
export function endsRecord(record: SourceRecord): boolean {
  return record.endsRecord !== false;
}

export interface Shard {
  readonly id: string;
  /** The shards that were split or merged into it. */
  readonly parents: readonly string[];
}

export interface RecordPage {
  readonly records: readonly SourceRecord[];
  /** Iterator of the next page; absent at the end of a closed shard. */
  readonly nextIterator?: string;
  /** Time between the page and the newest record. */
  readonly millisBehindLatest: number;
}

/** The calls that Firehose makes to read a stream. Their errors are those of the Kinesis API. */
export interface StreamSource {
  listShards(signal: AbortSignal): Promise<readonly Shard[]>;
  /** An iterator after the record with that sequence number, or at the oldest record. */
  shardIterator(shardId: string, after: string | undefined, signal: AbortSignal): Promise<string>;
  /** A simulated stream has the page at once. */
  records(iterator: string, signal: AbortSignal): Awaitable<RecordPage>;
}
