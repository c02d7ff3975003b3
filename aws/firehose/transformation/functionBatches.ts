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
  let batch = new OpenBatch(bufferBytes);
  for await (const slice of slices) {
    for (const processed of slice) {
      if (!("data" in processed)) {
        batch.all.push(processed);
        continue;
      }
      const id = recordId(processed.record, source);
      const sent = { record: processed, id, json: eventRecord(processed, id, source) };
      if (!batch.fits(sent)) {
        yield batch;
        batch = new OpenBatch(bufferBytes);
      }
      batch.add(sent);
    }
  }
  if (batch.all.length > 0) yield batch;
}

class OpenBatch implements FunctionBatch {
  readonly all: ProcessedRecord[] = [];
  readonly sent: SentRecord[] = [];
  readonly #limits: BatchLimits;

  constructor(bufferBytes: number) {
    this.#limits = new BatchLimits(bufferBytes);
  }

  fits({ record, json }: SentRecord): boolean {
    return this.#limits.fits(record.data.length, Buffer.byteLength(json));
  }

  add(sent: SentRecord): void {
    this.all.push(sent.record);
    this.sent.push(sent);
    this.#limits.add(sent.record.data.length, Buffer.byteLength(sent.json));
  }
}

/** How much a batch may contain. The first record always fits. */
export class BatchLimits {
  readonly #bufferBytes: number;
  #records = 0;
  #bytes = 0;
  #requestBytes = envelopeBytes;

  /** @param bufferBytes size of the buffer, of the data in the records */
  constructor(bufferBytes: number) {
    this.#bufferBytes = bufferBytes;
  }

  /**
   * @param bytes of the data of a further record
   * @param eventBytes of its part of the event
   */
  fits(bytes: number, eventBytes: number): boolean {
    if (this.#records === 0) return true;
    return (
      this.#bytes + bytes <= this.#bufferBytes &&
      this.#requestBytes + eventBytes + 1 <= maximumRequestBytes
    );
  }

  add(bytes: number, eventBytes: number): void {
    this.#records += 1;
    this.#bytes += bytes;
    this.#requestBytes += eventBytes + 1;
  }
}

/** Of a synchronous call. Source: Lambda Developer Guide, "Lambda quotas": 6 MB for the request. */
const maximumRequestBytes = 6 * 1024 * 1024;

/**
 * What an event has around its records: IDs and ARNs. That Firehose keeps a batch below the limit of a
 * request by its size in JSON is an assumption: AWS documents only the limit.
 */
const envelopeBytes = 4096;
