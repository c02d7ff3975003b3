import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { evenRanges, type HashKeyRange } from "./hashKeys";
import { type LogContext, ShardLog } from "./shardLog";
import { shardId } from "./sequenceNumber";
import {
  type Admission,
  type PutOutcome,
  putOnShards,
  type RoutedRecord,
  type Shard,
  withoutLog,
} from "./shard";
import {
  readManifest,
  type StreamConsumer,
  type StreamManifest,
  type StreamSettings,
  writeManifest,
} from "./streamManifest";

export interface StreamName {
  readonly region: string;
  readonly name: string;
}

type SettingsChange = Partial<StreamSettings> & {
  readonly consumers?: readonly StreamConsumer[];
};

const hourMilliseconds = 60 * 60 * 1000;
const trimMilliseconds = 60_000;

/** A stream in a directory: its shards, their records and its settings. */
export class Stream {
  readonly id: StreamName;
  readonly directory: string;
  /** Called when there are new records, shards or settings, and when the stream is closed. */
  readonly listeners = new Set<() => void>();
  readonly #context: LogContext;
  /** Records of an earlier run age from then on. */
  readonly #opened: number;
  #manifest: StreamManifest;
  #shards: readonly Shard[];
  #open: readonly Shard[] = [];
  #changing: Promise<unknown> = Promise.resolve();
  /** While shards are split or merged; puts wait for it. */
  #resharding: Promise<void> | undefined;
  #trimmed: number;
  #accepted = 0;

  private constructor(
    id: StreamName,
    directory: string,
    manifest: StreamManifest,
    shards: readonly Shard[],
    context: LogContext,
  ) {
    this.id = id;
    this.directory = directory;
    this.#context = context;
    this.#manifest = manifest;
    this.#shards = shards;
    this.#opened = context.clock.now();
    this.#trimmed = this.#opened;
    this.#route();
  }

  static async create(
    id: StreamName,
    directory: string,
    shardCount: number,
    settings: StreamSettings,
    context: LogContext,
  ): Promise<Stream> {
    await mkdir(directory, { recursive: true });
    const created = context.clock.now();
    const shards = evenRanges(shardCount).map((range, number) => ({
      ...range,
      number,
      created,
      parents: [],
    }));
    const manifest = { ...settings, created, consumers: [], shards };
    const logs: Shard[] = [];
    for (const shard of shards) {
      const log = await ShardLog.create(join(directory, shardId(shard.number)), shard, context);
      logs.push({ ...shard, log });
    }
    await writeManifest(directory, manifest, context.flush);
    return new Stream(id, directory, manifest, logs, context);
  }

  /** @returns undefined if there is no stream in the directory */
  static async open(
    id: StreamName,
    directory: string,
    context: LogContext,
  ): Promise<Stream | undefined> {
    const manifest = await readManifest(directory, context);
    if (!manifest) return undefined;
    const shards: Shard[] = [];
    for (const shard of manifest.shards) {
      const log = await ShardLog.open(join(directory, shardId(shard.number)), shard, context);
      shards.push({ ...shard, log });
    }
    return new Stream(id, directory, manifest, shards, context);
  }

  get settings(): StreamManifest {
    return this.#manifest;
  }

  /** All that still have records or can get some, in the order of their creation. */
  get shards(): readonly Shard[] {
    this.#trimSometimes();
    return this.#shards;
  }

  /** Those that accept records, in the order of their hash keys. */
  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** How many records it has accepted since it was opened. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Records that arrived before have expired. */
  get horizon(): number {
    const horizon = this.#context.clock.now() - this.#manifest.retentionHours * hourMilliseconds;
    return horizon > this.#opened ? horizon : 0;
  }

  /** Puts records, those of one shard together and in their order. */
  async put(records: readonly RoutedRecord[], accepts?: Admission): Promise<readonly PutOutcome[]> {
    while (this.#resharding) await this.#resharding;
    const outcomes = await putOnShards(this.#open, records, accepts);
    this.#accepted += outcomes.filter((outcome) => "sequenceNumber" in outcome).length;
    this.#changed();
    this.#trimSometimes();
    return outcomes;
  }

  /** Replaces the settings or consumers that a change returns; one change sees the one before. */
  update(change: (settings: StreamManifest) => SettingsChange): Promise<void> {
    return this.#exclusively(() => this.#save({ ...this.#manifest, ...change(this.#manifest) }));
  }

  /**
   * @param hashKey where the second child begins
   * @returns false if the shard has been split or merged meanwhile
   */
  split(shard: Shard, hashKey: bigint): Promise<boolean> {
    return this.#exclusively(() => this.#split(shard, hashKey));
  }

  /**
   * Merges two open shards with adjacent hash keys.
   *
   * @returns false if one of them has been split or merged meanwhile
   */
  merge(shard: Shard, adjacent: Shard): Promise<boolean> {
    return this.#exclusively(() => this.#merge(shard, adjacent));
  }

  /** Splits and merges until there are so many open shards of the same size. */
  reshard(count: number): Promise<void> {
    return this.#exclusively(async () => {
      const targets = evenRanges(count);
      for (const { start } of targets) {
        const shard = this.#open.find((open) => open.start < start && start <= open.end);
        if (shard) await this.#split(shard, start);
      }
      for (const { start, end } of targets)
        for (;;) {
          const [shard, adjacent] = this.#open.filter(
            (open) => start <= open.start && open.end <= end,
          );
          if (!shard || !adjacent) break;
          await this.#merge(shard, adjacent);
        }
    });
  }

  async close(): Promise<void> {
    this.#changed();
    await this.#changing;
    for (const { log } of this.#shards) await log.close();
  }

  /** Removes what has expired: segments, and closed shards without records. */
  trim(): Promise<void> {
    return this.#exclusively(async () => {
      const { horizon } = this;
      for (const { log } of this.#shards) await log.trim(horizon);
      const expired = this.#shards.filter(
        ({ closed = Infinity, log }) => closed < horizon && log.first >= log.next,
      );
      if (expired.length === 0) return;
      this.#shards = this.#shards.filter((shard) => !expired.includes(shard));
      await this.#save({ ...this.#manifest, shards: this.#shards.map(withoutLog) });
      for (const { log } of expired) {
        await log.close();
        await rm(log.directory, { recursive: true, force: true });
      }
    });
  }

  #split(shard: Shard, hashKey: bigint): Promise<boolean> {
    const { start, end } = shard;
    return this.#replace(
      [shard],
      [
        { start, end: hashKey - 1n },
        { start: hashKey, end },
      ],
    );
  }

  #merge(shard: Shard, adjacent: Shard): Promise<boolean> {
    const start = shard.start < adjacent.start ? shard.start : adjacent.start;
    const end = shard.end > adjacent.end ? shard.end : adjacent.end;
    return this.#replace([shard, adjacent], [{ start, end }]);
  }

  /** Puts wait until the parents have all their records and the children are in the manifest. */
  async #replace(parents: readonly Shard[], ranges: readonly HashKeyRange[]): Promise<boolean> {
    if (!parents.every((parent) => this.#open.includes(parent))) return false;
    let done: () => void = () => undefined;
    this.#resharding = new Promise((resolve) => (done = resolve));
    try {
      for (const { log } of parents) await log.idle();
      const now = this.#context.clock.now();
      const created = Math.max(now, ...this.#shards.map((shard) => shard.created + 1));
      let number = Math.max(...this.#shards.map((shard) => shard.number));
      const children: Shard[] = [];
      for (const range of ranges) {
        let directory: string;
        // What cannot be read may still have a directory.
        do directory = join(this.directory, shardId((number += 1)));
        while (existsSync(directory));
        const identity = {
          ...range,
          number,
          created,
          parents: parents.map((parent) => parent.number),
        };
        const log = await ShardLog.create(directory, identity, this.#context);
        children.push({ ...identity, log });
      }
      const shards = this.#shards.map((shard) =>
        parents.includes(shard) ? { ...shard, closed: now } : shard,
      );
      const replaced = [...shards, ...children];
      await this.#save({ ...this.#manifest, shards: replaced.map(withoutLog) });
      this.#shards = replaced;
      this.#route();
      this.#changed();
      return true;
    } finally {
      this.#resharding = undefined;
      done();
    }
  }

  #route(): void {
    this.#open = this.#shards
      .filter(({ closed }) => closed === undefined)
      .sort((one, other) => (one.start < other.start ? -1 : 1));
  }

  async #save(manifest: StreamManifest): Promise<void> {
    await writeManifest(this.directory, manifest, this.#context.flush);
    this.#manifest = manifest;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.listeners) listener();
  }

  #trimSometimes(): void {
    const now = this.#context.clock.now();
    if (Math.abs(now - this.#trimmed) < trimMilliseconds) return;
    this.#trimmed = now;
    this.trim().catch((error: unknown) => {
      this.#context.onWrite(error as Error);
    });
  }

  /** One change after the other. */
  #exclusively<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}
