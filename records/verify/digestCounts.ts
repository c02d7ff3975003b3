/** Words of 32 bits in an entry: 128 bits of the digest, and the counts at these places. */
const digestWords = 4;
export const sentCount = 4;
export const deliveredCount = 5;
const entryWords = 6;

/** Two counts per digest: a hash table in one block of memory, because there can be millions. */
export class DigestCounts {
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
