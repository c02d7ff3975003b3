import type { DeliverableRecord, FailedRecord } from "../processing/processedRecord";
import { endsRecord } from "../source/streamSource";
import type { Claim } from "./sourceProgress";

/** When a buffer becomes an object, whichever comes first. */
export interface BufferingHints {
  /** Of data before compression. An object exceeds it by less than one record. */
  readonly sizeBytes: number;
  /** From the first record in the buffer; 0 delivers at once. */
  readonly intervalMilliseconds: number;
}

/** Why a buffer became an object: one of its hints, or the end of the delivery stream. */
export type FlushReason = "size" | "interval" | "shutdown";

/** Records that are delivered together: one object, and one more for each kind of failure. */
export interface SealedBuffer {
  /** Of its records; "" without partitions. */
  readonly partition: string;
  readonly records: readonly DeliverableRecord[];
  readonly failures: readonly FailedRecord[];
  /** Of data before compression. */
  readonly bytes: number;
  readonly reason: FlushReason;
  /** Released when all of it is in the bucket. */
  readonly claim: Claim;
}

/** Collects the records of one partition into an object. */
export class DeliveryBuffer {
  readonly partition: string;
  readonly #claim: Claim;
  readonly #due: number;
  readonly #records: DeliverableRecord[] = [];
  readonly #failures: FailedRecord[] = [];
  #bytes = 0;
  #streamRecords = 0;

  /** @param due when its interval ends, on the clock of the caller */
  constructor(partition: string, due: number, claim: Claim) {
    this.partition = partition;
    this.#due = due;
    this.#claim = claim;
  }

  get due(): number {
    return this.#due;
  }

  get claim(): Claim {
    return this.#claim;
  }

  /** How many records are in the buffer. */
  get count(): number {
    return this.#records.length + this.#failures.length;
  }

  /** How many records of the stream end in the buffer. */
  get streamRecords(): number {
    return this.#streamRecords;
  }

  /** Of data in the buffer, before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @returns the size of its data */
  add(processed: DeliverableRecord | FailedRecord): number {
    const isFailed = "failure" in processed;
    const { record } = processed;
    // What an error object contains can be larger than the part that failed.
    const { length } = isFailed ? (record.original ?? record.data) : processed.data;
    if (isFailed) this.#failures.push(processed);
    else this.#records.push(processed);
    this.#bytes += length;
    if (endsRecord(record)) this.#streamRecords += 1;
    return length;
  }

  /** The content of the buffer, which is not used any more. */
  seal(reason: FlushReason): SealedBuffer {
    return {
      partition: this.partition,
      records: this.#records,
      failures: this.#failures,
      bytes: this.#bytes,
      reason,
      claim: this.#claim,
    };
  }
}
