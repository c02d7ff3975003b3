import { statSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock";
import { hasCode } from "../../fileErrors";
import type { Damage, DamagedFiles } from "./damage";
import { frameBytes, type NewRecord, recordIn, type StoredRecord, writeFrame } from "./frame";
import type { DamagedBytes } from "./frameScan";
import { type FoundSegments, type Gap, openSegments } from "./openSegments";
import { encodeState, openState, readState, stateName } from "./shardState";
import { Segment, segmentHeader, segmentName, seedOf, type ShardIdentity } from "./segment";

/** What all shards of a store share. */
export interface LogContext {
  readonly clock: Clock;
  /** Waits until the disk has what is acknowledged: then it survives a power cut, too. */
  readonly flush: boolean;
  /** Size after which a new segment begins. */
  readonly segmentBytes: number;
  readonly damagedFiles: DamagedFiles;
  readonly onDamage: (damage: Damage) => void;
  /** Gets the outcome of every write. */
  readonly onWrite: (error: Error | undefined) => void;
}

/** Records that were put together. */
export interface AppendedRecords {
  /** Counter of the first one; those of the others follow. */
  readonly first: number;
}

export interface PageRequest {
  /** Counter of the first record. */
  readonly from: number;
  readonly limit: number;
  /** Of data and partition keys; one record is returned even if it is larger. */
  readonly maxBytes: number;
  /** Leaves out records that arrived before. */
  readonly since: number;
}

export interface LogPage {
  readonly records: readonly StoredRecord[];
  /** Counter from which to read on. */
  readonly next: number;
}

interface PendingPut {
  readonly records: readonly NewRecord[];
  readonly resolve: (appended: AppendedRecords) => void;
  readonly reject: (error: unknown) => void;
}

interface OpenSegment {
  readonly segment: Segment;
  readonly handle: FileHandle;
  /** By which a deleted or moved file is noticed. */
  readonly inode: number;
}

/** Writes of puts that wait for each other are shared up to this size. */
const sharedWriteBytes = 16 * 1024 * 1024;

/** Retention removes whole segments: one that gets few records ends after an hour. */
const segmentMilliseconds = 60 * 60 * 1000;

/** The records of a shard, in files. In memory is only an index of them. */
export class ShardLog {
  readonly directory: string;
  readonly identity: ShardIdentity;
  readonly #context: LogContext;
  readonly #seed: number;
  readonly #segments: Segment[];
  readonly #gaps: Gap[];
  #next: number;
  #nextOrdinal: number;
  #lastArrival: number;
  #first: number;
  /** The segment that is written, if one is open. */
  #current: OpenSegment | undefined;
  #state: FileHandle | undefined;
  readonly #pending: PendingPut[] = [];
  #writing: Promise<void> | undefined;

  private constructor(
    directory: string,
    identity: ShardIdentity,
    { segments, gaps, first, next, nextOrdinal }: FoundSegments,
    context: LogContext,
  ) {
    this.directory = directory;
    this.identity = identity;
    this.#context = context;
    this.#seed = seedOf(identity);
    this.#segments = [...segments];
    this.#gaps = [...gaps];
    this.#next = next;
    this.#nextOrdinal = nextOrdinal;
    this.#first = first;
    this.#lastArrival = segments.reduce((last, { lastArrival }) => Math.max(last, lastArrival), 0);
  }

  /** Makes an empty shard. */
  static async create(
    directory: string,
    identity: ShardIdentity,
    context: LogContext,
  ): Promise<ShardLog> {
    await mkdir(directory, { recursive: true });
    const nothing = { segments: [], gaps: [], first: 1, next: 1, nextOrdinal: 1 };
    const log = new ShardLog(directory, identity, nothing, context);
    await log.#begin();
    await log.#writeState(1);
    return log;
  }

  /** Opens a shard and reports what of it is damaged. */
  static async open(
    directory: string,
    identity: ShardIdentity,
    context: LogContext,
  ): Promise<ShardLog> {
    await mkdir(directory, { recursive: true });
    const { damagedFiles, onDamage } = context;
    const stateFile = join(directory, stateName);
    const state = await readState(stateFile);
    const found = await openSegments({ directory, identity, state, damagedFiles, onDamage });
    const log = new ShardLog(directory, identity, found, context);
    if (!state) {
      const kept = await damagedFiles.move(stateFile).catch(() => undefined);
      const problem = kept === undefined ? "is missing" : "is damaged";
      onDamage({ file: stateFile, problem, records: undefined, ...(kept && { kept }) });
      await log.#writeState(log.#next);
    }
    return log;
  }

  /** Counter of the oldest record, or of the next one if there is none. */
  get first(): number {
    return this.#first;
  }

  /** Counter of the next record. */
  get next(): number {
    return this.#next;
  }

  /** Resolves when the records are in the file; they are together, in their order. */
  append(records: readonly NewRecord[]): Promise<AppendedRecords> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ records, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async read({ from, limit, maxBytes, since }: PageRequest): Promise<LogPage> {
    const end = this.#next;
    const records: StoredRecord[] = [];
    let bytes = 0;
    for (const segment of [...this.#segments]) {
      if (segment.last < from || segment.first >= end || segment.lastArrival < since) continue;
      try {
        for await (const items of segment.frames(from))
          for (const item of items) {
            if (!("counter" in item)) {
              this.#noteDamage(item, segment);
              continue;
            }
            if (item.counter >= end || item.arrival < since) continue;
            bytes += item.length;
            if (records.length >= limit || (bytes > maxBytes && records.length > 0))
              return { records, next: item.counter };
            records.push(recordIn(item.bytes, item.offset, item));
          }
      } catch (error) {
        if (!hasCode(error, "ENOENT")) throw error;
        this.#noteMissing(segment);
      }
    }
    return { records, next: Math.max(from, end) };
  }

  /** Counter of the first record that arrived at a time or later. */
  async firstSince(time: number): Promise<number> {
    const segment = this.#segments.find(({ lastArrival }) => lastArrival >= time);
    return segment ? segment.firstSince(time) : this.#next;
  }

  /** How many records with a counter greater than one and less than another can be read. */
  countBetween(after: number, before: number): number {
    const from = Math.max(after + 1, this.#first);
    const to = Math.min(before, this.#next) - 1;
    const lost = this.#gaps.map(({ first, last }) => overlap(first, last, from, to));
    return Math.max(0, to - from + 1) - lost.reduce((sum, count) => sum + count, 0);
  }

  /** Removes the segments whose records all arrived before a time. Puts wait for it. */
  async trim(before: number): Promise<void> {
    await this.idle();
    const trimmed = this.#removeUntil(before);
    this.#writing = trimmed
      .catch(() => undefined)
      .then(() => {
        this.#writing = this.#pending.length > 0 ? this.#write() : undefined;
      });
    await trimmed;
  }

  async close(): Promise<void> {
    await this.idle();
    await this.#closeCurrent();
    await this.#state?.close();
    this.#state = undefined;
  }

  async #write(): Promise<void> {
    while (this.#pending.length > 0) {
      const group: PendingPut[] = [];
      let bytes = 0;
      for (const put of this.#pending) {
        const size = put.records.reduce((sum, record) => sum + frameBytes(record), 0);
        if (group.length > 0 && bytes + size > sharedWriteBytes) break;
        group.push(put);
        bytes += size;
      }
      this.#pending.splice(0, group.length);
      try {
        let first = await this.#commit(group, bytes);
        this.#context.onWrite(undefined);
        for (const { records, resolve } of group) {
          resolve({ first });
          first += records.length;
        }
      } catch (error) {
        this.#context.onWrite(error as Error);
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #removeUntil(before: number): Promise<void> {
    for (;;) {
      const oldest = this.#segments.at(0);
      if (!oldest || oldest.lastArrival >= before) return;
      const isEmpty = oldest.last < oldest.first;
      if (isEmpty && this.#segments.length === 1) return;
      if (this.#current?.segment === oldest) await this.#closeCurrent();
      this.#segments.shift();
      this.#first = this.#segments.at(0)?.first ?? this.#next;
      await this.#writeState(this.#next);
      await rm(oldest.file, { force: true });
    }
  }

  /** @returns counter of the first record */
  async #commit(group: readonly PendingPut[], bytes: number): Promise<number> {
    const now = this.#context.clock.now();
    const { segment, handle } = await this.#writable(now);
    const arrival = Math.max(now, this.#lastArrival);
    const first = this.#next;
    const frames = Buffer.allocUnsafe(bytes);
    const entries: {
      readonly counter: number;
      readonly position: number;
      readonly length: number;
    }[] = [];
    let end = 0;
    let counter = first;
    for (const { records } of group)
      for (const record of records) {
        const start = end;
        end = writeFrame(frames, start, this.#seed, { ...record, counter, arrival });
        entries.push({ counter, position: segment.bytes + start, length: end - start });
        counter += 1;
      }
    try {
      await writeAll(handle, frames, segment.bytes);
      if (this.#context.flush) await handle.datasync();
      await this.#writeState(counter);
    } catch (error) {
      await this.#undo(counter);
      throw error;
    }
    for (const { position, ...frame } of entries) segment.enter({ ...frame, arrival }, position);
    this.#next = counter;
    this.#lastArrival = arrival;
    return first;
  }

  /** Takes back what a failed write may have left in the file. */
  async #undo(counter: number): Promise<void> {
    const current = this.#current;
    if (!current) return;
    try {
      await current.handle.truncate(current.segment.bytes);
    } catch {
      // Whole frames may stay in it: their counters must not be given out again.
      this.#next = counter;
    }
    await this.#closeCurrent();
  }

  async #writable(now: number): Promise<OpenSegment> {
    const { segmentBytes } = this.#context;
    const current = this.#current;
    if (current) {
      const { segment, inode } = current;
      // A deleted file can still be written, and is gone when the process ends.
      if (statSync(segment.file, { throwIfNoEntry: false })?.ino !== inode) {
        await this.#closeCurrent();
        throw new Error(`${segment.file} was removed while it was in use`);
      }
      const isOld = now - segment.firstArrival > segmentMilliseconds;
      if (segment.bytes < segmentBytes && !isOld) return current;
      await this.#closeCurrent();
    }
    return this.#begin();
  }

  async #begin(): Promise<OpenSegment> {
    const place = { ordinal: this.#nextOrdinal, first: this.#next };
    const file = join(this.directory, segmentName(place.ordinal, place.first));
    const handle = await open(file, "wx+");
    try {
      const header = segmentHeader(this.identity);
      await writeAll(handle, header, 0);
      const segment = new Segment({ ...place, file }, this.#seed, header.length);
      const { ino: inode } = await handle.stat();
      this.#nextOrdinal += 1;
      this.#segments.push(segment);
      return (this.#current = { segment, handle, inode });
    } catch (error) {
      await handle.close();
      await rm(file, { force: true });
      throw error;
    }
  }

  async #closeCurrent(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await current?.handle.close();
  }

  async #writeState(next: number): Promise<void> {
    this.#state ??= await openState(join(this.directory, stateName));
    const ordinal = this.#nextOrdinal - 1;
    await writeAll(this.#state, encodeState({ first: this.#first, next, ordinal }), 0);
    if (this.#context.flush) await this.#state.datasync();
  }

  /** Damage that came after the shard was opened. */
  #noteDamage({ position, length, before, after }: DamagedBytes, { file, last }: Segment): void {
    const gap = { first: before + 1, last: Math.min(after - 1, last) };
    if (gap.last < gap.first || this.#gaps.some(({ first }) => first === gap.first)) return;
    this.#gaps.push(gap);
    const records = gap.last - gap.first + 1;
    this.#context.onDamage({ file, problem: "is damaged", position, bytes: length, records });
  }

  /** A segment file that somebody has deleted. */
  #noteMissing({ file, first, last }: Segment): void {
    if (first < this.#first || this.#gaps.some((gap) => gap.first === first)) return;
    const records = this.countBetween(first - 1, last + 1);
    this.#gaps.push({ first, last });
    this.#context.onDamage({ file, problem: "is missing", records });
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    const { bytesWritten } = await handle.write(bytes, written, left, position + written);
    written += bytesWritten;
  }
}

/** How many whole numbers are in both of two ranges. */
function overlap(first: number, last: number, from: number, to: number): number {
  return Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
}
