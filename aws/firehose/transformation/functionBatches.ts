import type { DeliverableRecord, ProcessedRecord } from "../processing/processedRecord";
import type { Slices } from "../processing/recordSlices";
import { eventRecord, type EventSource, recordId } from "./functionEvent";

/** Records that one call of a function receives, and those in between that it does not. */
export interface FunctionBatch {
  /** In the order of the shard; failed and dropped records pass through. */
  readonly all: readonly ProcessedRecord[];
  /** The deliverable ones among them. */
  readonly sent: readonly SentRecord[];
}

interface SentRecord {
  readonly record: DeliverableRecord;
  readonly id: string;
  /** Its part of the event. */
  readonly json: string;
}

/**
 * Divides the records of a shard into batches. A batch has as much data as the buffer in front of the
 * function may hold, and its event fits into a request to Lambda. A single record may exceed both.
 *
 * @param bufferBytes size of the buffer, of the data in the records
 */
export async function* functionBatches(
  slices: Slices,
  bufferBytes: number,
  source: EventSource,
): AsyncGenerator<FunctionBatch> {
  let batch = new OpenBatch();
  for await (const slice of slices) {
    for (const processed of slice) {
      if (!("data" in processed)) {
        batch.all.push(processed);
        continue;
      }
      const id = recordId(processed.record, source);
      const sent = { record: processed, id, json: eventRecord(processed, id, source) };
      if (batch.sent.length > 0 && !batch.fits(sent, bufferBytes)) {
        yield batch;
        batch = new OpenBatch();
      }
      batch.add(sent);
    }
  }
  if (batch.all.length > 0) yield batch;
}

class OpenBatch implements FunctionBatch {
  readonly all: ProcessedRecord[] = [];
  readonly sent: SentRecord[] = [];
  #bytes = 0;
  #requestBytes = envelopeBytes;

  fits({ record, json }: SentRecord, bufferBytes: number): boolean {
    return (
      this.#bytes + record.data.length <= bufferBytes &&
      this.#requestBytes + Buffer.byteLength(json) + 1 <= maximumRequestBytes
    );
  }

  add(sent: SentRecord): void {
    this.all.push(sent.record);
    this.sent.push(sent);
    this.#bytes += sent.record.data.length;
    this.#requestBytes += Buffer.byteLength(sent.json) + 1;
  }
}

/** Of a synchronous call. Source: Lambda Developer Guide, "Lambda quotas": 6 MB for the request. */
const maximumRequestBytes = 6 * 1024 * 1024;

/**
 * What an event has around its records: IDs and ARNs. That Firehose keeps a batch below the limit of a
 * request by its size in JSON is an assumption: AWS documents only the limit.
 */
const envelopeBytes = 4096;
