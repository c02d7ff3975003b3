import type { Positions } from "./checkpoints";
import type {
  DeliverableRecord,
  FailedRecord,
  ProcessedRecord,
} from "../processing/processedRecord";

/** When a buffer becomes an object, whichever comes first. */
export interface BufferingHints {
  /** Of data before compression; an object may be larger by less than a record. */
  readonly sizeBytes: number;
  /** Since the first record came into the buffer; 0 delivers at once. */
  readonly intervalMilliseconds: number;
}

/** Why a buffer became an object: its hints, or the end of the delivery stream. */
export type FlushReason = "size" | "interval" | "shutdown";

/** What is delivered together: one object, and one more for each kind of failure in it. */
export interface SealedBuffer {
  readonly records: readonly DeliverableRecord[];
  readonly failures: readonly FailedRecord[];
  readonly reason: FlushReason;
  /** Where the shards are once all of it is delivered. */
  readonly positions: Positions;
}

/** Collects records into objects. Knows no clock: the caller says what time it is. */
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

  /** When the interval of the records in the buffer ends; undefined while there are none. */
  get due(): number | undefined {
    return this.#due;
  }

  /** How many records are in the buffer. */
  get count(): number {
    return this.#records.length + this.#failures.length;
  }

  /** Of data, as it is before compression. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @returns what is complete with these records of one shard, oldest first */
  add(shardId: string, records: readonly ProcessedRecord[], now: number): readonly SealedBuffer[] {
    const sealed: SealedBuffer[] = [];
    for (const processed of records) {
      this.#due ??= now + this.#hints.intervalMilliseconds;
      const { record } = processed;
      if ("failure" in processed) {
        this.#failures.push(processed);
        this.#bytes += record.data.length;
      } else {
        this.#records.push(processed);
        this.#bytes += processed.data.length;
      }
      if (record.endsRecord !== false) this.#positions.set(shardId, record.sequenceNumber);
      if (this.#bytes >= this.#hints.sizeBytes) sealed.push(...this.seal("size"));
    }
    if (this.#due !== undefined && this.#due <= now) sealed.push(...this.seal("interval"));
    return sealed;
  }

  /** @returns what is in the buffer, nothing if that is nothing */
  seal(reason: FlushReason): readonly [SealedBuffer] | readonly [] {
    if (this.count === 0) return [];
    const sealed: SealedBuffer = {
      records: this.#records,
      failures: this.#failures,
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
