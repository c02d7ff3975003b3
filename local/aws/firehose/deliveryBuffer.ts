import type { SourceRecord } from "./streamSource";

/** When a buffer becomes an object, whichever comes first. */
export interface BufferingHints {
  /** Of data before compression; an object may be larger by less than a record. */
  readonly sizeBytes: number;
  /** Since the first record came into the buffer; 0 delivers at once. */
  readonly intervalMilliseconds: number;
}

/** Why a buffer became an object: its hints, or the end of the delivery stream. */
export type FlushReason = "size" | "interval" | "shutdown";

/** What becomes one object. */
export interface SealedBuffer {
  readonly records: readonly SourceRecord[];
  /** Of data, in the records. */
  readonly bytes: number;
  /** Earliest arrival of a record, in milliseconds since 1970. */
  readonly oldestArrival: number;
  readonly reason: FlushReason;
}

/** Collects records into objects. Knows no clock: the caller says what time it is. */
export class DeliveryBuffer {
  readonly #hints: BufferingHints;
  #records: SourceRecord[] = [];
  #bytes = 0;
  #due: number | undefined;

  constructor(hints: BufferingHints) {
    this.#hints = hints;
  }

  /** When the interval of the records in the buffer ends; undefined while there are none. */
  get due(): number | undefined {
    return this.#due;
  }

  /** @returns the objects that are complete with these records, oldest first */
  add(records: readonly SourceRecord[], now: number): readonly SealedBuffer[] {
    const sealed: SealedBuffer[] = [];
    for (const record of records) {
      this.#due ??= now + this.#hints.intervalMilliseconds;
      this.#records.push(record);
      this.#bytes += record.data.length;
      if (this.#bytes >= this.#hints.sizeBytes) sealed.push(...this.seal("size"));
    }
    if (this.#due !== undefined && this.#due <= now) sealed.push(...this.seal("interval"));
    return sealed;
  }

  /** @returns what is in the buffer as an object, nothing if that is nothing */
  seal(reason: FlushReason): readonly [SealedBuffer] | readonly [] {
    const [records, bytes] = [this.#records, this.#bytes];
    if (records.length === 0) return [];
    this.#records = [];
    this.#bytes = 0;
    this.#due = undefined;
    const oldestArrival = records.reduce(
      (oldest, { arrival }) => Math.min(oldest, arrival),
      Infinity,
    );
    return [{ records, bytes, oldestArrival, reason }];
  }
}
