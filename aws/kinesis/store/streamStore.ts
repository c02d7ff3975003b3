import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, systemClock } from "../../clock";
import { type Damage, DamagedFiles, describeDamage } from "./damage";
import {
  createPositions,
  positionsFile,
  readersOf,
  readPositions,
  type StreamReaderId,
} from "./positions";
import type { LogContext } from "./shardLog";
import { checkFormat, directoryName, requireNoJournal } from "./storeFormat";
import { StoreLock } from "./storeLock";
import { Stream, type StreamName } from "./stream";
import { defaultSettings, type StreamSettings } from "./streamManifest";
import { UndeliveredCounter, type UndeliveredRecords } from "./undelivered";

export interface StoreOptions {
  /** Gets what a user should know, a line at a time: damage, and writes that fail or work again. */
  readonly onProblem?: (line: string) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
  /**
   * Waits for the disk before a put is acknowledged. Default: no; then an acknowledged record survives
   * the end of the process, however that ends, but not always a power cut.
   */
  readonly flush?: boolean;
  /** Size of a file after which a new one begins. Default: 16 MiB. */
  readonly segmentBytes?: number;
}

/** A stream to create. */
export interface NewStream extends Partial<StreamSettings> {
  /** Default: 4, as AWS begins in on-demand mode. */
  readonly shardCount?: number;
}

const streamsName = "streams";
const defaultShardCount = 4;

interface StoreContext extends LogContext {
  readonly onProblem: (line: string) => void;
  /** Whether damage has cost records whose number nobody can know. */
  readonly hasUnknownLoss: () => boolean;
}

/**
 * Streams in a directory:
 *
 * ```
 * format.json                                    the version of what follows
 * pid                                            the process that uses it, while it runs
 * streams/<region>/<stream>/stream.json          settings, tags, consumers, shards
 * streams/<region>/<stream>/<shard id>/*.segment records
 * streams/<region>/<stream>/<shard id>/state     how many records there must be
 * positions/<region>/<stream>/<delivery stream>.json
 * damaged/                                       copies of what could not be read
 * ```
 *
 * Streams of an earlier run are there, but not visible until they are created again.
 */
export class StreamStore {
  readonly directory: string;
  readonly #context: StoreContext;
  readonly #lock: StoreLock;
  readonly #streams = new Map<string, Stream>();
  readonly #earlier = new Map<string, Stream>();
  readonly #creating = new Map<string, Promise<Stream>>();
  readonly #counter: UndeliveredCounter;

  private constructor(directory: string, context: StoreContext, lock: StoreLock) {
    this.directory = directory;
    this.#context = context;
    this.#lock = lock;
    this.#counter = new UndeliveredCounter(directory, context);
  }

  /**
   * @param directory made if it does not exist
   * @throws if a running process has it open, or its format is another
   */
  static async open(directory: string, options: StoreOptions = {}): Promise<StreamStore> {
    const { onProblem = () => undefined, clock = systemClock } = options;
    await mkdir(directory, { recursive: true });
    await requireNoJournal(directory);
    const lock = await StoreLock.acquire(directory);
    try {
      const damagedFiles = new DamagedFiles(directory);
      let hasUnknownLoss = false;
      const onDamage = (damage: Damage): void => {
        hasUnknownLoss ||= damage.records === undefined;
        onProblem(describeDamage(damage));
      };
      const hasStreams = existsSync(join(directory, streamsName));
      await checkFormat(directory, hasStreams, damagedFiles, onDamage);
      const context = {
        clock,
        flush: options.flush ?? false,
        segmentBytes: options.segmentBytes ?? 16 * 1024 * 1024,
        damagedFiles,
        onDamage,
        onProblem,
        onWrite: writeObserver(directory, onProblem),
        hasUnknownLoss: () => hasUnknownLoss,
      };
      const store = new StreamStore(directory, context, lock);
      await store.#openEarlier();
      return store;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  get clock(): Clock {
    return this.#context.clock;
  }

  /** The streams of a region, by name. */
  streams(region: string): readonly Stream[] {
    return [...this.#streams.values()]
      .filter(({ id }) => id.region === region)
      .sort((one, other) => (one.id.name < other.id.name ? -1 : 1));
  }

  stream(id: StreamName): Stream | undefined {
    return this.#streams.get(keyOf(id));
  }

  /**
   * Creates a stream. One of an earlier run is opened again, with its records, the new settings and
   * as many shards as are asked for.
   *
   * @returns undefined if it exists
   */
  async create(id: StreamName, stream: NewStream): Promise<Stream | undefined> {
    const key = keyOf(id);
    if (this.#streams.has(key) || this.#creating.has(key)) return undefined;
    const creating = this.#create(id, stream);
    this.#creating.set(key, creating);
    try {
      return await creating;
    } finally {
      this.#creating.delete(key);
    }
  }

  /** Removes a stream and its records. */
  async remove(stream: Stream): Promise<void> {
    this.#streams.delete(keyOf(stream.id));
    this.#earlier.delete(keyOf(stream.id));
    await stream.close();
    // First renamed: half a stream must not be found after a kill.
    const removed = `${stream.directory}~removed`;
    await rename(stream.directory, removed);
    await rm(removed, { recursive: true, force: true });
    const positions = positionsFile(this.directory, {
      region: stream.id.region,
      stream: stream.id.name,
      deliveryStream: "",
    });
    await rm(join(positions, ".."), { recursive: true, force: true });
  }

  /**
   * What was accepted, in this run or an earlier one, and is not delivered. It is counted from the
   * positions of the delivery streams; one without a position has delivered nothing.
   *
   * @param readers the delivery streams of this run. Default: all that have a position
   */
  async undelivered(readers?: readonly StreamReaderId[]): Promise<UndeliveredRecords> {
    const resumed: UndeliveredRecords["resumed"][number][] = [];
    const kept: UndeliveredRecords["kept"][number][] = [];
    for (const [key, stream] of new Map([...this.#earlier, ...this.#streams])) {
      const { region, name } = stream.id;
      const isDeclared = this.#streams.has(key);
      const reading = readers?.filter((one) => one.region === region && one.stream === name);
      if (isDeclared && reading?.length === 0) continue;
      const names =
        isDeclared && reading
          ? reading.map(({ deliveryStream }) => deliveryStream)
          : await readersOf(this.directory, stream.id);
      const found = await this.#counter.count(stream, names);
      if (found && isDeclared) resumed.push(found);
      else if (found) kept.push({ ...found, directory: stream.directory });
    }
    return { resumed, kept };
  }

  /** Whether damage has cost records whose number nobody can know. */
  get hasUnknownLoss(): boolean {
    return this.#context.hasUnknownLoss();
  }

  /** The file with the position of a delivery stream; made if it does not exist. */
  async positionsOf(reader: StreamReaderId): Promise<string> {
    const file = positionsFile(this.directory, reader);
    const stream = this.stream({ region: reader.region, name: reader.stream });
    if (stream) await readPositions(file, stream, this.#context);
    await createPositions(file);
    return file;
  }

  async close(): Promise<void> {
    try {
      await Promise.allSettled(this.#creating.values());
      const streams = new Set([...this.#streams.values(), ...this.#earlier.values()]);
      for (const stream of streams) await stream.close();
    } finally {
      await this.#lock.release();
    }
  }

  async #create(id: StreamName, { shardCount, ...changes }: NewStream): Promise<Stream> {
    const key = keyOf(id);
    const settings = { ...defaultSettings, ...changes };
    const earlier = this.#earlier.get(key);
    if (earlier) {
      await earlier.update(() => settings);
      if (shardCount !== undefined) await earlier.reshard(shardCount);
    }
    const directory = join(this.directory, streamsName, id.region, directoryName(id.name));
    if (!earlier && existsSync(directory))
      throw new Error(`${directory} exists, but is not a stream that can be read.`);
    const stream =
      earlier ??
      (await Stream.create(
        id,
        directory,
        shardCount ?? defaultShardCount,
        settings,
        this.#context,
      ));
    this.#streams.set(key, stream);
    return stream;
  }

  async #openEarlier(): Promise<void> {
    const root = join(this.directory, streamsName);
    await mkdir(root, { recursive: true });
    for (const region of await this.#directoriesIn(root))
      for (const entry of await this.#directoriesIn(join(root, region))) {
        const directory = join(root, region, entry);
        if (entry.endsWith("~removed")) {
          await rm(directory, { recursive: true, force: true });
          continue;
        }
        const id = { region, name: entry.replaceAll("%2E", ".") };
        const stream = await Stream.open(id, directory, this.#context);
        if (stream) this.#earlier.set(keyOf(id), stream);
        else this.#reportForeign(directory);
      }
  }

  #reportForeign(file: string): void {
    const problem = "does not belong to the store and is left alone";
    this.#context.onDamage({ file, problem, records: 0 });
  }

  async #directoriesIn(parent: string): Promise<readonly string[]> {
    const entries = await readdir(parent, { withFileTypes: true });
    for (const entry of entries)
      if (!entry.isDirectory()) this.#reportForeign(join(parent, entry.name));
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }
}

function keyOf({ region, name }: StreamName): string {
  return `${region}/${name}`;
}

/** Prints one line when writes begin to fail, and one when they work again. */
function writeObserver(
  directory: string,
  onProblem: (line: string) => void,
): (error: Error | undefined) => void {
  let isFailing = false;
  return (error) => {
    if (error && !isFailing)
      onProblem(`${directory} cannot be written: ${error.message}. Puts fail until it can.`);
    if (!error && isFailing) onProblem(`${directory} can be written again.`);
    isFailing = error !== undefined;
  };
}
