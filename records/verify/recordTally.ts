import { hash } from "node:crypto";
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
 * Keeps a digest and two counts per distinct record: 32 to 64 bytes, whatever the record's size.
 */
export class RecordTally {
  readonly #counts = new DigestCounts();

  addSent(record: Uint8Array): void {
    this.#counts.add(digestOf(record), sentCount);
  }

  addDelivered(record: Uint8Array): void {
    this.#counts.add(digestOf(record), deliveredCount);
  }

  result(): TallyResult {
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
}

function digestOf(record: Uint8Array): Buffer {
  return hash("sha256", trimmed(record), "buffer");
}

/** Words of 32 bits in an entry: 128 bits of the digest, and the counts. */
const digestWords = 4;
const sentCount = 4;
const deliveredCount = 5;
const entryWords = 6;

/** Two counts per digest: a hash table in one block of memory, because there can be millions. */
class DigestCounts {
  #entries = new Uint32Array(1024 * entryWords);
  #size = 0;

  /** Adds 1 to a count of a digest. */
  add(digest: Buffer, count: typeof sentCount | typeof deliveredCount): void {
    if (4 * (this.#size + 1) > 3 * this.#capacity) this.#grow();
    const words = Array.from({ length: digestWords }, (_, word) => digest.readUInt32LE(4 * word));
    const entry = this.#entryOf(words);
    const entries = this.#entries;
    if (isFree(entries, entry)) {
      entries.set(words, entry);
      this.#size += 1;
    }
    entries[entry + count] = (entries[entry + count] ?? 0) + 1;
  }

  forEach(each: (sent: number, delivered: number) => void): void {
    const entries = this.#entries;
    for (let entry = 0; entry < entries.length; entry += entryWords)
      if (!isFree(entries, entry))
        each(entries[entry + sentCount] ?? 0, entries[entry + deliveredCount] ?? 0);
  }

  get #capacity(): number {
    return this.#entries.length / entryWords;
  }

  /** Where the entry of a digest is, or else can be. The capacity is a power of 2. */
  #entryOf(words: ArrayLike<number>): number {
    const entries = this.#entries;
    const mask = this.#capacity - 1;
    for (let place = (words[0] ?? 0) & mask; ; place = (place + 1) & mask) {
      const entry = place * entryWords;
      if (isFree(entries, entry) || isDigest(entries, entry, words)) return entry;
    }
  }

  #grow(): void {
    const before = this.#entries;
    this.#entries = new Uint32Array(2 * before.length);
    for (let entry = 0; entry < before.length; entry += entryWords) {
      if (isFree(before, entry)) continue;
      const copied = before.subarray(entry, entry + entryWords);
      this.#entries.set(copied, this.#entryOf(copied));
    }
  }
}

function isFree(entries: Uint32Array, entry: number): boolean {
  return entries[entry + sentCount] === 0 && entries[entry + deliveredCount] === 0;
}

function isDigest(entries: Uint32Array, entry: number, words: ArrayLike<number>): boolean {
  for (let word = 0; word < digestWords; word += 1)
    if (entries[entry + word] !== words[word]) return false;
  return true;
}

// Without a delimiter, white space of a record is the same as white space between two records.
function trimmed(record: Uint8Array): Uint8Array {
  let start = 0;
  let end = record.length;
  while (isWhiteSpace(record[start])) start += 1;
  while (end > start && isWhiteSpace(record[end - 1])) end -= 1;
  return record.subarray(start, end);
}
