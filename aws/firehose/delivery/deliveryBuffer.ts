import type {
  DeliverableRecord,
  FailedRecord,
  ProcessedRecord,
} from "../processing/processedRecord";
import type { Positions } from "./checkpoints";

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
  readonly records: readonly DeliverableRecord[];
  readonly failures: readonly FailedRecord[];
  /** Of data before compression. */
  readonly bytes: number;
  readonly reason: FlushReason;
  /** The positions in the shards once all of it is delivered. */
  readonly positions: Positions;
}

/** Collects records into objects. It has no clock: the caller passes the time. */
export class DeliveryBuffer {
  readonly #hints: BufferingHints;
  #records: DeliverableRecord[] = [];
  #failures: FailedRecord[] = [];
  #positions = new Map<string, string>();
  #bytes = 0;
  #due: number | undefined;

  constructor(hints: BufferingHints) {
    this.#hints = hints;
  }

  /** When the buffer interval ends, in milliseconds since 1970; undefined while the buffer is empty. */
  get due(): number | undefined {
    return this.#due;
  }

  /** How many records are in the buffer. */
  get count(): number {
    return this.#records.length + this.#failures.length;
  }

  /** Of data in the buffer, before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @returns the buffers that these records of one shard complete, oldest first */
  add(shardId: string, records: readonly ProcessedRecord[], now: number): readonly SealedBuffer[] {
    const sealed: SealedBuffer[] = [];
    for (const processed of records) {
      if ("dropped" in processed) {
        this.#advance(shardId, processed);
        continue;
      }
      this.#due ??= now + this.#hints.intervalMilliseconds;
      if ("failure" in processed) {
        this.#failures.push(processed);
        this.#bytes += processed.record.data.length;
      } else {
        this.#records.push(processed);
        this.#bytes += processed.data.length;
      }
      this.#advance(shardId, processed);
      if (this.#bytes >= this.#hints.sizeBytes) sealed.push(...this.seal("size"));
    }
    if (this.#due !== undefined && this.#due <= now) sealed.push(...this.seal("interval"));
    return sealed;
  }

  /** A dropped record is part of no object: its position is saved with the next one. */
  #advance(shardId: string, { record }: ProcessedRecord): void {
    if (record.endsRecord !== false) this.#positions.set(shardId, record.sequenceNumber);
  }

  /** @returns the content of the buffer; nothing if it is empty */
  seal(reason: FlushReason): readonly [SealedBuffer] | readonly [] {
    if (this.count === 0) return [];
    const sealed: SealedBuffer = {
      records: this.#records,
      failures: this.#failures,
      bytes: this.#bytes,
      reason,
      positions: this.#positions,
    };
    this.#records = [];
    this.#failures = [];
    this.#positions = new Map();
    this.#bytes = 0;
    this.#due = undefined;
    return [sealed];
  }
}
