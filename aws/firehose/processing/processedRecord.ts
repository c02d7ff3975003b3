import type { SourceRecord } from "../source/streamSource";

/** A record after the processors of a delivery stream. */
export type ProcessedRecord = DeliverableRecord | FailedRecord | DroppedRecord;

/** A record that goes into an object. */
export interface DeliverableRecord {
  /** As read from the stream. After a split, its data is that of the part. */
  readonly record: SourceRecord;
  /** The data to deliver: without processors, that of the record. */
  readonly data: Uint8Array;
  /** Absent until a processor extracts them. */
  readonly partitionKeys?: PartitionKeys;
  /**
   * Decides which records share an object: the evaluated prefix of its key, e.g. `customer=a/2026/`.
   * Absent without dynamic partitioning.
   */
  readonly partition?: string;
  /** Why it was not split although a processor should; absent if that is not so. */
  readonly unsplit?: Pick<RecordFailure, "errorCode" | "errorMessage">;
}

/** By where they come from and their name, e.g. `{ query: { customer: "a" } }`. */
export type PartitionKeys = Readonly<
  Partial<Record<"query" | "lambda", Readonly<Record<string, string>>>>
>;

/** A record that goes below the error prefix. */
export interface FailedRecord {
  readonly record: SourceRecord;
  readonly failure: RecordFailure;
}

/** A record that a processor removed on purpose. */
interface DroppedRecord {
  readonly record: SourceRecord;
  readonly dropped: true;
}

/**
 * What a processor makes of one record: other data or partition keys, several records in its place (none
 * to drop it), nothing, or the reason why it cannot be processed.
 */
export type RecordOutcome =
  | Pick<DeliverableRecord, "data" | "partitionKeys" | "unsplit">
  | { readonly split: readonly (Uint8Array | UserRecord)[] }
  | { readonly dropped: true }
  | { readonly failure: RecordFailure };

/** A record that the Kinesis Producer Library packed into another one. */
export interface UserRecord {
  readonly data: Uint8Array;
  readonly partitionKey: string;
}

/** Why a record cannot be delivered. */
export interface RecordFailure {
  readonly errorOutputType: ErrorOutputType;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** How often its processing was tried. */
  readonly attemptsMade: number;
  /** In milliseconds since 1970. */
  readonly attemptEndingTimestamp: number;
  /** What the error object also contains, e.g. `lambdaARN`. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The whole content of the error object, if AWS names its members differently for the feature. */
  readonly envelope?: (failed: FailedRecord) => Readonly<Record<string, unknown>>;
}

/** What `!{firehose:error-output-type}` becomes, e.g. `decompression-failed`. Each feature has its own. */
export type ErrorOutputType = string;

/** A record without processors: its data as it is. */
export function unprocessed(record: SourceRecord): DeliverableRecord {
  return { record, data: record.data };
}
