import { randomUUID } from "node:crypto";
import { MAX_RECORDS_PER_REQUEST, MAX_REQUEST_BYTES, PARTITION_KEY_BYTES } from "./kinesisLimits";

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
