import { randomUUID } from "node:crypto";

/** A record to be sent to the stream. */
export interface OutgoingRecord {
  /** Line of the input, counted from 1. */
  readonly line: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
}

/**
 * Groups records, in order, into batches that fit into one PutRecords request. Each record gets a
 * random partition key, which spreads the records over all shards.
 */
export async function* batchRecords(
  records: AsyncIterable<{ readonly line: number; readonly data: Uint8Array }>,
): AsyncGenerator<readonly OutgoingRecord[]> {
  let batch: OutgoingRecord[] = [];
  let bytes = 0;
  for await (const { line, data } of records) {
    const size = data.length + PARTITION_KEY_BYTES;
    if (batch.length === MAX_RECORDS_PER_REQUEST || bytes + size > MAX_REQUEST_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ line, data, partitionKey: randomUUID() });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

// Limits of PutRecords. Source: Amazon Kinesis Data Streams API Reference, PutRecords and
// PutRecordsRequestEntry.

const MAX_RECORDS_PER_REQUEST = 500;

/**
 * Data blobs and partition keys of one request. AWS accepts 10 MiB since it supports large records.
 * The former limit of 5 MiB is accepted by every region and local endpoint.
 */
const MAX_REQUEST_BYTES = 5 * 1024 * 1024;

/** Data blob and partition key of one record, for a stream with the default maximum record size. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** The partition key is a random UUID. Kinesis accepts 1 to 256 characters. */
export const PARTITION_KEY_BYTES = 36;
