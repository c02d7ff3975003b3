/** A record of a stream, as far as delivery needs it. */
export interface SourceRecord {
  readonly data: Uint8Array;
  /** Approximate arrival at the stream, in milliseconds since 1970. */
  readonly arrival: number;
  readonly sequenceNumber: string;
  /**
   * False for all but the last of the user records that the Kinesis Producer Library packed into one
   * record: only with the last one is that record read.
   */
  readonly endsRecord?: boolean;
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
  /** How far the page is from the newest record, in time. */
  readonly millisBehindLatest: number;
}

/** The calls that Firehose makes to read a stream. They fail as the Kinesis API does. */
export interface StreamSource {
  listShards(signal: AbortSignal): Promise<readonly Shard[]>;
  /** An iterator behind the record with that sequence number, or at the oldest record. */
  shardIterator(shardId: string, after: string | undefined, signal: AbortSignal): Promise<string>;
  records(iterator: string, signal: AbortSignal): Promise<RecordPage>;
}
