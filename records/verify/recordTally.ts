import { hash } from "node:crypto";
import { isWhiteSpace } from "../input/lineSplitter";
import { deliveredCount, DigestCounts, sentCount } from "./digestCounts";
import { isSelfDelimiting } from "./jsonSplitter";
import type { Delimiter } from "./readObject";

/** Delivered records compared with sent records, as counts. */
export interface TallyResult {
  readonly sent: number;
  /** Sent records that arrived at least once. */
  readonly delivered: number;
  /** Sent records that did not arrive. */
  readonly missing: number;
  /** Arrivals beyond the number of times that a record was sent. Kinesis and Firehose allow these. */
  readonly duplicated: number;
  /** Arrivals of records that were never sent. */
  readonly unexpected: number;
  /**
   * Present if records cannot be distinguished, so that only their bytes were compared. Then `missing`
   * is the smallest number of records that explains the missing bytes, and `duplicated` and
   * `unexpected` are 0.
   */
  readonly byBytes?: ByteComparison;
}

/** Bytes compared by value, in any order. */
interface ByteComparison {
  readonly sent: number;
  /** Sent bytes that did not arrive. */
  readonly missing: number;
  /** Bytes that arrived and were not sent: duplicates, or records of others. */
  readonly extra: number;
}

/**
 * Compares two multisets of records by content, in any order, without white space around a record.
 * Keeps a digest and two counts per distinct record: 32 to 64 bytes, whatever the record's size.
 *
 * Without a delimiter between delivered records, only JSON objects, arrays and strings can be
 * distinguished. If anything else was sent, the bytes are compared instead: how often each of the 256
 * values was sent and delivered.
 */
export class RecordTally {
  readonly #counts = new DigestCounts();
  readonly #delimiter: Delimiter;
  readonly #sentBytes = new Float64Array(256);
  readonly #deliveredBytes = new Float64Array(256);
  #sent = 0;
  #largest = 0;
  #separable = true;

  /** @param delimiter between the delivered records */
  constructor(delimiter: Delimiter = "newline") {
    this.#delimiter = delimiter;
  }

  addSent(record: Uint8Array): void {
    this.#sent += 1;
    this.#counts.add(digestOf(record), sentCount);
    if (this.#delimiter === "newline") return;
    this.#largest = Math.max(this.#largest, record.length);
    this.#separable &&= isSelfDelimiting(record);
    addBytes(this.#sentBytes, record);
  }

  /** Adds a record of an object, as its delimiter separates it. All sent records must be added before. */
  addDelivered(record: Uint8Array): void {
    if (this.#separable) this.#counts.add(digestOf(record), deliveredCount);
  }

  /** Adds the content of an object in addition to its records. */
  addContent(chunk: Uint8Array): void {
    if (!this.#separable) addBytes(this.#deliveredBytes, chunk);
  }

  result(): TallyResult {
    return this.#separable ? this.#comparedRecords() : this.#comparedBytes();
  }

  #comparedRecords(): TallyResult {
    const total = { sent: 0, delivered: 0, missing: 0, duplicated: 0, unexpected: 0 };
    this.#counts.forEach((sent, delivered) => {
      const matched = Math.min(sent, delivered);
      total.sent += sent;
      total.delivered += matched;
      total.missing += sent - matched;
      total[sent === 0 ? "unexpected" : "duplicated"] += delivered - matched;
    });
    return total;
  }

  #comparedBytes(): TallyResult {
    const bytes = { sent: 0, missing: 0, extra: 0 };
    for (const [value, sent] of this.#sentBytes.entries()) {
      const delivered = this.#deliveredBytes[value] ?? 0;
      bytes.sent += sent;
      bytes.missing += Math.max(0, sent - delivered);
      // A line has no line feed: those of an object separate records.
      if (value !== lineFeed) bytes.extra += Math.max(0, delivered - sent);
    }
    const missing = Math.ceil(bytes.missing / this.#largest);
    const delivered = this.#sent - missing;
    return { sent: this.#sent, delivered, missing, duplicated: 0, unexpected: 0, byBytes: bytes };
  }
}

const lineFeed = 0x0a;

function digestOf(record: Uint8Array): Buffer {
  return hash("sha256", trimmed(record), "buffer");
}

function addBytes(counts: Float64Array, bytes: Uint8Array): void {
  // By index, because this runs for every byte.
  for (let index = 0; index < bytes.length; index += 1) {
    const value = bytes[index] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
}

// Without a delimiter, white space of a record is the same as white space between two records.
function trimmed(record: Uint8Array): Uint8Array {
  let start = 0;
  let end = record.length;
  while (isWhiteSpace(record[start])) start += 1;
  while (end > start && isWhiteSpace(record[end - 1])) end -= 1;
  return record.subarray(start, end);
}
