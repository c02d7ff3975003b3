import { createHash } from "node:crypto";
import { isWhiteSpace } from "../input/lineSplitter";

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
}

/**
 * Compares two multisets of records by content, in any order, without white space around a record.
 * Keeps one hash and two counts per distinct record: about 150 bytes, whatever the record's size.
 */
export class RecordTally {
  readonly #counts = new Map<string, { sent: number; delivered: number }>();

  addSent(record: Uint8Array): void {
    this.#countsOf(record).sent += 1;
  }

  addDelivered(record: Uint8Array): void {
    this.#countsOf(record).delivered += 1;
  }

  result(): TallyResult {
    const total = { sent: 0, delivered: 0, missing: 0, duplicated: 0, unexpected: 0 };
    for (const { sent, delivered } of this.#counts.values()) {
      const matched = Math.min(sent, delivered);
      total.sent += sent;
      total.delivered += matched;
      total.missing += sent - matched;
      total[sent === 0 ? "unexpected" : "duplicated"] += delivered - matched;
    }
    return total;
  }

  #countsOf(record: Uint8Array): { sent: number; delivered: number } {
    const hash = createHash("sha256").update(trimmed(record)).digest("base64");
    let counts = this.#counts.get(hash);
    if (!counts) {
      counts = { sent: 0, delivered: 0 };
      this.#counts.set(hash, counts);
    }
    return counts;
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
