import { randomUUID } from "node:crypto";

/** A record on its way to the stream. */
export interface OutgoingRecord {
  /** Line of the input, counted from 1. */
  readonly line: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
}

/**
 * Groups records, in their order, into batches within the limits of one PutRecords request. Each
 * record gets a random partition key.
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

/**
 * Limits of Kinesis PutRecords.
 * Source: Amazon Kinesis Data Streams API Reference, PutRecords and PutRecordsRequestEntry.
 */

/** Records of one request. */
const MAX_RECORDS_PER_REQUEST = 500;

/**
 * Bytes of one request: data blobs and partition keys together. AWS accepts 10 MiB since it takes
 * large records; 5 MiB is the limit before that, which every region and local endpoint accepts.
 */
const MAX_REQUEST_BYTES = 5 * 1024 * 1024;

/** Bytes of one record: data blob and partition key together, for a stream with the default limit. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/** A partition key has 1 to 256 characters. Ours is a random UUID, which spreads over all shards. */
export const PARTITION_KEY_BYTES = 36;
