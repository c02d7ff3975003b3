import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { FoundFrame, DamagedBytes } from "./frameScan";
import { scanFrames } from "./frameScan";
import type { Frame } from "./frame";
import type { HashKeyRange } from "./hashKeys";

/** The unchanging properties of a shard; every segment begins with them. */
export interface ShardIdentity extends HashKeyRange {
  /** In its stream, from 0. */
  readonly number: number;
  /** In milliseconds since 1970; that of a child is greater than those of its parents. */
  readonly created: number;
  /** Numbers of the shards that were split or merged into it. */
  readonly parents: readonly number[];
}

/** Where records of a segment are, one entry for each 64 KiB. */
interface IndexEntry {
  readonly counter: number;
  readonly arrival: number;
  readonly position: number;
}

const indexBytes = 64 * 1024;

/**
 * A file with the records of a shard from one counter on. In memory is only an index of it.
 *
 * ```
 * "SLKINES1", length of the JSON, its CRC-32, the shard's identity in JSON, frames
 * ```
 */
export class Segment {
  readonly file: string;
  /** Position in the shard, from 1. */
  readonly ordinal: number;
  /** Counter of its first record. */
  readonly first: number;
  /** Counter of its last record; one less than the first if it has none. */
  last: number;
  firstArrival = Infinity;
  lastArrival = 0;
  /** Of the file, as far as it is read. */
  bytes: number;
  readonly #seed: number;
  readonly #index: IndexEntry[] = [];

  constructor(place: SegmentPlace, seed: number, bytes: number) {
    this.file = place.file;
    this.ordinal = place.ordinal;
    this.first = place.first;
    this.last = place.first - 1;
    this.bytes = bytes;
    this.#seed = seed;
  }

  /** Enters a record that is in the file. */
  enter({ counter, arrival, length }: Frame, position: number): void {
    const newest = this.#index.at(-1);
    if (newest === undefined || position - newest.position >= indexBytes)
      this.#index.push({ counter, arrival, position });
    this.last = counter;
    this.firstArrival = Math.min(this.firstArrival, arrival);
    this.lastArrival = arrival;
    this.bytes = position + length;
  }

  /** The frames from a counter on, and what is damaged among them. */
  async *frames(from: number): AsyncGenerator<readonly (FoundFrame | DamagedBytes)[]> {
    const entry = this.#before(({ counter }) => counter <= from);
    if (!entry) return;
    const handle = await open(this.file, "r");
    try {
      const range = { from: entry.position, to: this.bytes, seed: this.#seed };
      for await (const items of scanFrames(handle, { ...range, after: entry.counter - 1 }))
        yield items.filter((item) => !("counter" in item) || item.counter >= from);
    } finally {
      await handle.close();
    }
  }

  /** The counter of the first record that arrived at a time or later. */
  async firstSince(time: number): Promise<number> {
    const from = this.#before(({ arrival }) => arrival < time)?.counter ?? this.first;
    for await (const items of this.frames(from))
      for (const item of items) if ("counter" in item && item.arrival >= time) return item.counter;
    return this.last + 1;
  }

  /** The last entry of which something is true that is true up to some entry; else the first. */
  #before(isBefore: (entry: IndexEntry) => boolean): IndexEntry | undefined {
    let low = 0;
    let high = this.#index.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const entry = this.#index[middle];
      if (entry && isBefore(entry)) low = middle;
      else high = middle - 1;
    }
    return this.#index[low];
  }
}

/** A segment file, by its name. */
export interface SegmentPlace {
  readonly file: string;
  readonly ordinal: number;
  readonly first: number;
}

export function segmentName(ordinal: number, first: number): string {
  return `${String(ordinal).padStart(8, "0")}-${String(first).padStart(15, "0")}.segment`;
}

/** @returns undefined for any other file */
export function parseSegmentName(name: string): Omit<SegmentPlace, "file"> | undefined {
  const [, ordinal, first] = /^(\d{8})-(\d{15})\.segment$/u.exec(name) ?? [];
  return ordinal && first ? { ordinal: Number(ordinal), first: Number(first) } : undefined;
}

const magic = Buffer.from("SLKINES1");
const headerStart = magic.length + 8;
const maxIdentityBytes = 4096;

/** From which checksums of a shard's frames begin: those of another shard do not pass for its own. */
export function seedOf({ number, created }: ShardIdentity): number {
  return crc32(`${number}/${created}`);
}

export function segmentHeader(identity: ShardIdentity): Buffer {
  const { number, created, parents, start, end } = identity;
  const json = Buffer.from(
    JSON.stringify({ number, created, parents, start: String(start), end: String(end) }),
  );
  const head = Buffer.alloc(headerStart);
  magic.copy(head);
  head.writeUInt32BE(json.length, magic.length);
  head.writeUInt32BE(crc32(json), magic.length + 4);
  return Buffer.concat([head, json]);
}

/** @returns undefined if the header is damaged */
export async function readSegmentHeader(
  handle: Pick<FileHandle, "read">,
): Promise<{ readonly identity: ShardIdentity; readonly length: number } | undefined> {
  const bytes = Buffer.alloc(headerStart + maxIdentityBytes);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
  const length = headerStart + bytes.readUInt32BE(magic.length);
  if (length > bytesRead || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const json = bytes.subarray(headerStart, length);
  if (crc32(json) !== bytes.readUInt32BE(magic.length + 4)) return undefined;
  const read = JSON.parse(json.toString()) as {
    number: number;
    created: number;
    parents: number[];
    start: string;
    end: string;
  };
  return { identity: { ...read, start: BigInt(read.start), end: BigInt(read.end) }, length };
}
