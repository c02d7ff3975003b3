import type { Clock } from "../../aws/clock";
import { errorCode } from "../../aws/firehose/delivery/retry";
import type { Shard, StreamSource } from "../../aws/firehose/source/streamSource";
import type { KinesisRead } from "../../aws/kinesis/kinesisCall";
import { ContentCycle } from "./recordBundle";
import { SeededRandom } from "./seededRandom";
import { ShardTraffic } from "./shardTraffic";
import { type BundlePage, SimulatedShard } from "./simulatedShard";
import type { Traffic, TrafficSecond } from "./traffic";

export interface SimulatedStreamOptions {
  readonly name: string;
  readonly region: string;
  readonly shards: number;
  readonly retentionHours: number;
  readonly traffic: Traffic;
  readonly seed: number;
  /** Bytes of data that a bundle of several records may have. */
  readonly bundleBytes: number;
  readonly clock: Clock;
  /** Called after each second with traffic, with what arrived on all shards. */
  readonly onArrivals: (second: TrafficSecond) => void;
  readonly onRead: (call: KinesisRead) => void;
}

/**
 * A Kinesis data stream whose shards get equal traffic. One reader reads it forward, with calls that
 * take no time.
 *
 * It stores no records, however far behind the reader is. Each second is generated twice from the same
 * random numbers: once to count its records when they arrive, and once when they are read.
 */
export class SimulatedStream implements StreamSource {
  readonly #options: SimulatedStreamOptions;
  readonly #shards: ReadonlyMap<string, SimulatedShard>;
  readonly #arriving: readonly ShardTraffic[];
  readonly #lastRead = new Map<string, number>();

  constructor(options: SimulatedStreamOptions) {
    const { shards, retentionHours, traffic, seed, bundleBytes } = options;
    const contents = new ContentCycle(traffic.contents, bundleBytes);
    this.#options = options;
    const numbers = Array.from({ length: shards }, (_, shard) => shard);
    this.#arriving = numbers.map((shard) => trafficOf(shard, options));
    this.#shards = new Map(
      numbers.map((shard) => [
        `shardId-${String(shard).padStart(12, "0")}`,
        new SimulatedShard({
          traffic: trafficOf(shard, options),
          contents,
          random: new SeededRandom(seed, firstPlaceSequence + shard),
          retentionMilliseconds: retentionHours * hourMilliseconds,
        }),
      ]),
    );
  }

  /** Reports what arrives until the traffic ends. Call this before the first read. */
  async produce(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = new AbortController();
    while (!this.#arrived) {
      await clock.sleep(1000, signal);
      while (this.#nextSecond < clock.now()) this.#reportSecond();
    }
  }

  /** Records that were not read before their retention ended. */
  get expired(): number {
    return [...this.#shards.values()].reduce((sum, { expired }) => sum + expired, 0);
  }

  /** Whether all traffic has arrived, and has been read or has expired. */
  get finished(): boolean {
    return this.#arrived && [...this.#shards.values()].every(({ finished }) => finished);
  }

  /** How long the oldest unread record has been waiting, in milliseconds; 0 without one. */
  get lag(): number {
    const now = this.#options.clock.now();
    return Math.max(...[...this.#shards.values()].map((shard) => shard.lag(now)));
  }

  listShards(): Promise<readonly Shard[]> {
    return Promise.resolve([...this.#shards.keys()].map((id) => ({ id, parents: [] })));
  }

  /** The only reader never goes back, so a shard's id is its iterator. */
  shardIterator(shardId: string): Promise<string> {
    return Promise.resolve(shardId);
  }

  /** How many records were in the bundles of the last page of a shard. */
  lastRead(shardId: string): number {
    return this.#lastRead.get(shardId) ?? 0;
  }

  records(iterator: string): BundlePage {
    return this.#read(iterator);
  }

  /** Start of the next second to report; Infinity when all traffic has arrived. */
  get #nextSecond(): number {
    return this.#arriving[0]?.next ?? Infinity;
  }

  get #arrived(): boolean {
    return this.#nextSecond === Infinity;
  }

  /** Reports the sum of all shards, unless no record arrived. */
  #reportSecond(): void {
    const sum = { at: this.#nextSecond, records: 0, bytes: 0, throttled: 0 };
    for (const shard of this.#arriving) {
      const { records, bytes, throttled } = shard.take();
      sum.records += records;
      sum.bytes += bytes;
      sum.throttled += throttled;
    }
    if (sum.records + sum.throttled > 0) this.#options.onArrivals(sum);
  }

  #read(shardId: string): BundlePage {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) throw new Error(`There is no shard ${shardId}.`);
    try {
      const page = shard.read(this.#options.clock.now(), shardId);
      this.#lastRead.set(shardId, page.recordCount);
      this.#reportRead(page.recordCount, page.bytes, page.millisBehindLatest);
      return page;
    } catch (error) {
      this.#reportRead(0, 0, 0, errorCode(error));
      throw error;
    }
  }

  #reportRead(records: number, bytes: number, iteratorAge: number, code?: string): void {
    const { name, region, clock, onRead } = this.#options;
    onRead({
      operation: "GetRecords",
      streamName: name,
      region,
      at: clock.now(),
      milliseconds: 0,
      records,
      bytes,
      iteratorAge,
      ...(code !== undefined && { errorCode: code }),
    });
  }
}

function trafficOf(shard: number, { shards, traffic, seed }: SimulatedStreamOptions): ShardTraffic {
  const random = new SeededRandom(seed, firstShardSequence + shard);
  return new ShardTraffic(traffic, { shard, shards }, random);
}

const hourMilliseconds = 60 * 60 * 1000;

/** Sequences of random numbers: how many records arrive in a second, and when within it. */
const firstShardSequence = 1000;
const firstPlaceSequence = 1_000_000;
