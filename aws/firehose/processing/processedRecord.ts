import type { SourceRecord } from "../source/streamSource";

/** A record after the processors of a delivery stream. */
export type ProcessedRecord = DeliverableRecord | FailedRecord;

/** A record on its way into an object. */
export interface DeliverableRecord {
  /** As it came from the stream. */
  readonly record: SourceRecord;
  /** What is delivered of it: that of the record itself without processors. */
  readonly data: Uint8Array;
}

/** A record on its way below the error prefix. */
export interface FailedRecord {
  readonly record: SourceRecord;
  readonly failure: RecordFailure;
}

/** Why a record cannot be delivered. */
interface RecordFailure {
  readonly errorOutputType: ErrorOutputType;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** How often its processing was tried. */
  readonly attemptsMade: number;
  /** In milliseconds since 1970. */
  readonly attemptEndingTimestamp: number;
}

/** What `!{firehose:error-output-type}` becomes, of the values that can occur here. */
export type ErrorOutputType = "decompression-failed";
