export interface StreamId {
  readonly region: string;
  /** Name of the stream. */
  readonly stream: string;
}

/** A record that a stream has accepted, with all that is needed to put it again. */
export interface JournalRecord extends StreamId {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly explicitHashKey?: string;
  /** In base64. */
  readonly data: string;
}

/** Takes records so that they outlive this process. */
export interface RecordJournal {
  /** @throws if they could not be written; then part of them may have been */
  append(records: readonly JournalRecord[]): Promise<void>;
}
