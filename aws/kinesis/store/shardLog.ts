import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock";
import { hasCode } from "../../fileErrors";
import type { Damage, DamagedFiles } from "./damage";
import { frameBytes, type NewRecord, recordIn, type StoredRecord } from "./frame";
import type { DamagedBytes } from "./frameScan";
import { type FoundSegments, type Gap, openSegments } from "./openSegments";
import type { Segment, ShardIdentity } from "./segment";
import { SegmentWriter, type WriterOptions } from "./segmentWriter";
import { readState, stateName } from "./shardState";

/** What all shards of a store share. */
export interface LogContext extends WriterOptions {
  readonly clock: Clock;
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

/** Writes of puts that wait for each other are shared up to this size. */
const sharedWriteBytes = 16 * 1024 * 1024;

/** The records of a shard, in files. In memory is only an index of them. */
export class ShardLog {
  readonly directory: string;
  readonly identity: ShardIdentity;
  readonly #context: LogContext;
  readonly #writer: SegmentWriter;
  readonly #segments: Segment[];
  readonly #gaps: Gap[];
  #next: number;
  #lastArrival: number;
  #first: number;
  readonly #pending: PendingPut[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;

  private constructor(
    directory: string,
    identity: ShardIdentity,
    { segments, gaps, first, next, nextOrdinal }: FoundSegments,
    context: LogContext,
  ) {
    this.directory = directory;
    this.identity = identity;
    this.#context = context;
    this.#writer = new SegmentWriter(directory, identity, nextOrdinal, context);
    this.#segments = [...segments];
    this.#gaps = [...gaps];
    this.#next = next;
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
    log.#segments.push(await log.#writer.segment(1, context.clock.now()));
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

  /** Counter of the oldest record, or of the next one in an empty shard. */
  get first(): number {
    return this.#first;
  }

  /** Counter of the next record. */
  get next(): number {
    return this.#next;
  }

  /** Resolves when the records are in the file; they are together, in their order. */
  append(records: readonly NewRecord[]): Promise<AppendedRecords> {
    if (this.#isClosed) return Promise.reject(new Error(`${this.directory} is closed.`));
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
    return Math.max(0, to - from + 1) - this.lostBetween(after, before);
  }

  /** How many records with a counter greater than one and less than another cannot be read. */
  lostBetween(after: number, before: number): number {
    const from = Math.max(after + 1, this.#first);
    const to = Math.min(before, this.#next) - 1;
    return this.#gaps.reduce((sum, { first, last }) => sum + overlap(first, last, from, to), 0);
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
    this.#isClosed = true;
    await this.idle();
    await this.#writer.close();
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
        const together = group.flatMap(({ records }) => records);
        let first = await this.#commit(together, bytes);
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
      await this.#writer.closeSegment(oldest);
      this.#segments.shift();
      this.#first = this.#segments.at(0)?.first ?? this.#next;
      await this.#writeState(this.#next);
      await rm(oldest.file, { force: true });
    }
  }

  /** @returns counter of the first record */
  async #commit(records: readonly NewRecord[], bytes: number): Promise<number> {
    const now = this.#context.clock.now();
    const first = this.#next;
    const next = first + records.length;
    const arrival = Math.max(now, this.#lastArrival);
    const segment = await this.#writer.segment(first, now);
    if (this.#segments.at(-1) !== segment) this.#segments.push(segment);
    let lengths: readonly number[];
    try {
      lengths = await this.#writer.write(records, bytes, first, arrival);
      await this.#writeState(next);
    } catch (error) {
      // Counters that may be in the file must not be given out again.
      if (!(await this.#writer.undo())) this.#next = next;
      throw error;
    }
    lengths.forEach((length, index) => {
      segment.enter({ counter: first + index, arrival, length }, segment.bytes);
    });
    this.#next = next;
    this.#lastArrival = arrival;
    return first;
  }

  #writeState(next: number): Promise<void> {
    return this.#writer.writeState({ first: this.#first, next });
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

/** How many whole numbers are in both of two ranges. */
function overlap(first: number, last: number, from: number, to: number): number {
  return Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
}
