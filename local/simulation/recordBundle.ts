import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { ProcessedContents } from "./processedContents";
import type { SourceRecord } from "../../aws/firehose/source/streamSource";

/**
 * Consecutive records of a page that the delivery engine handles as one record, because a simulated day
 * has millions of records: their data one after the other, the arrival of the first, and the sequence
 * number of the last.
 */
export interface RecordBundle extends SourceRecord {
  /** Index of the first record's content. */
  readonly first: number;
  /** When each of the records arrived, oldest first, in milliseconds since 1970. */
  readonly arrivals: ArrayLike<number> & Iterable<number>;
}

/**
 * How much data a bundle may have: so little that objects are at most a thousandth larger than with
 * single records. A bundle has at least one record, and only one if records differ in what becomes of
 * them.
 */
export function bundleBytes(
  { bufferBytes, backup }: DeliveryConfiguration,
  { outcomes }: Pick<ProcessedContents, "outcomes">,
): number {
  if (outcomes !== undefined) return 0;
  return Math.floor(Math.min(bufferBytes, backup?.bufferBytes ?? bufferBytes) / 1024);
}

/** The bundle that a record of a simulated stream is; any other record as one of itself. */
export function asBundle(record: SourceRecord): Pick<RecordBundle, "first" | "arrivals"> {
  return "arrivals" in record ? (record as RecordBundle) : { first: 0, arrivals: [record.arrival] };
}

/** Contents in a cycle. Consecutive ones are joined to bundles without a copy. */
export class ContentCycle {
  readonly #joined: Uint8Array;
  /** Where each content begins in the joined ones; at last, where they end. */
  readonly #begins: Float64Array;
  /** How many contents a bundle has that begins with each of them. */
  readonly #bundleLengths: Uint32Array;

  /** @param bundleBytes bytes of data that a bundle of several records may have */
  constructor(contents: readonly Uint8Array[], bundleBytes: number) {
    this.#joined = Buffer.concat(contents);
    this.#begins = new Float64Array(contents.length + 1);
    contents.forEach(({ length }, index) => {
      this.#begins[index + 1] = (this.#begins[index] ?? 0) + length;
    });
    let end = 0;
    this.#bundleLengths = Uint32Array.from(contents, (_, first) => {
      end = Math.max(end, first + 1);
      while (end < contents.length && this.#bytes(first, end + 1) <= bundleBytes) end += 1;
      return end - first;
    });
  }

  get length(): number {
    return this.#bundleLengths.length;
  }

  /** How many contents, from the first one on, make a bundle; 0 if even one exceeds `maxBytes`. */
  bundleLength(first: number, maxBytes: number): number {
    let length = this.#bundleLengths[first] ?? 0;
    while (this.#bytes(first, first + length) > maxBytes) length -= 1;
    return length;
  }

  /** @param count at least 1; the contents must not go beyond the end of the cycle */
  joined(first: number, count: number): Uint8Array {
    return this.#joined.subarray(this.#begins[first], this.#begins[first + count]);
  }

  #bytes(first: number, end: number): number {
    return (this.#begins[end] ?? 0) - (this.#begins[first] ?? 0);
  }
}
