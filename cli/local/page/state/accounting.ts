import type { DeliveryStreamState } from "./pageState";

/**
 * Where the records are that the stream accepted, counted as records of the stream. `accepted` is the
 * sum of the others.
 */
export interface Accounting {
  /** By the stream, in this run; with the records that an earlier run left. */
  readonly accepted: number;
  /** Only on the stream. */
  readonly unread: number;
  /** Read, and not yet through all processors. */
  readonly processing: number;
  readonly buffered: number;
  /** In complete buffers that wait for the bucket. */
  readonly sealed: number;
  /** In objects, error objects included. */
  readonly delivered: number;
  /** Removed by a processor. */
  readonly dropped: number;
}

export function accountingOf(stream: DeliveryStreamState): Accounting {
  const { resumedRecords, put, read, buffer, sealed, droppedRecords } = stream;
  const buffered = buffer.streamRecords;
  const delivered = stream.deliveredStreamRecords;
  const processed = buffered + sealed.streamRecords + delivered + droppedRecords;
  // A record can be read, and even delivered, before the answer to its put is reported.
  const known = Math.max(read.records, processed);
  const accepted = Math.max(resumedRecords + put.records, known);
  return {
    accepted,
    unread: accepted - known,
    processing: known - processed,
    buffered,
    sealed: sealed.streamRecords,
    delivered,
    dropped: droppedRecords,
  };
}
