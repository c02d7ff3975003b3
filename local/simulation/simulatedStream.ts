import type { Clock } from "../../aws/clock";
import { errorCode } from "../../aws/firehose/delivery/retry";
import type { RecordPage, Shard, StreamSource } from "../../aws/firehose/source/streamSource";
import type { KinesisRead } from "../../aws/kinesis/kinesisCall";
import { SeededRandom } from "./seededRandom";
import { ShardInput } from "./shardInput";
import { SimulatedShard } from "./simulatedShard";
import type { Traffic, TrafficSecond } from "./traffic";

export interface SimulatedStreamOptions {
  readonly name: string;
  readonly region: string;
  readonly shards: number;
  readonly retentionHours: number;
  readonly traffic: Traffic;
  readonly seed: number;
  readonly clock: Clock;
  /** Called after each second with traffic, with what arrived on all shards. */
  readonly onArrivals: (second: TrafficSecond) => void;
  readonly onRead: (call: KinesisRead) => void;
}

/**
 * A Kinesis data stream whose shards get equal traffic. One reader reads it forward, with calls that
 * take no time.
 *
 * It stores no records, however far behind the reader is. Each record is generated twice from the
 * same random numbers: once to count it when it arrives, and once when it is read.
 */
export class SimulatedStream implements StreamSource {
  readonly #options: SimulatedStreamOptions;
  readonly #shards: ReadonlyMap<string, SimulatedShard>;
  readonly #arriving: readonly ShardInput[];
  #arrived: TrafficSecond[] = [];

  constructor(options: SimulatedStreamOptions) {
    const { shards, retentionHours } = options;
    this.#options = options;
    const numbers = Array.from({ length: shards }, (_, shard) => shard);
    this.#arriving = numbers.map((shard) => inputOf(shard, options, this.#collect));
    this.#shards = new Map(
      numbers.map((shard) => {
        const id = `shardId-${String(shard).padStart(12, "0")}`;
        const input = inputOf(shard, options, () => undefined);
        return [id, new SimulatedShard(input, retentionHours * hourMilliseconds)];
      }),
    );
  }

  /** Reports what arrives until the traffic ends. Call this before the first read. */
  async produce(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = new AbortController();
    while (this.#arriving.some(({ at }) => at < Infinity)) {
      await clock.sleep(1000, signal);
      const now = clock.now();
      for (const input of this.#arriving) while (input.at < now) input.advance();
      this.#reportArrivals();
    }
  }

  /** Records that were not read before their retention ended. */
  get expired(): number {
    return [...this.#shards.values()].reduce((sum, { expired }) => sum + expired, 0);
  }

  /** Whether all traffic has arrived, and has been read or has expired. */
  get finished(): boolean {
    return (
      this.#arriving.every(({ at }) => at === Infinity) &&
      [...this.#shards.values()].every(({ finished }) => finished)
    );
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

  records(iterator: string): Promise<RecordPage> {
    return new Promise((resolve) => {
      resolve(this.#read(iterator));
    });
  }

  readonly #collect = (second: TrafficSecond): void => {
    this.#arrived.push(second);
  };

  /** Reports the past second as the sum of the shards that had traffic in it. */
  #reportArrivals(): void {
    const [first, ...others] = this.#arrived;
    if (first === undefined) return;
    this.#arrived = [];
    const { onArrivals } = this.#options;
    onArrivals(
      others.reduce(
        (sum, { records, bytes, throttled }) => ({
          at: sum.at,
          records: sum.records + records,
          bytes: sum.bytes + bytes,
          throttled: sum.throttled + throttled,
        }),
        first,
      ),
    );
  }

  #read(shardId: string): RecordPage {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) throw new Error(`There is no shard ${shardId}.`);
    try {
      const page = shard.read(this.#options.clock.now(), shardId);
      this.#reportRead(page);
      return page;
    } catch (error) {
      this.#reportRead({ records: [], millisBehindLatest: 0 }, errorCode(error));
      throw error;
    }
  }

  #reportRead({ records, millisBehindLatest }: RecordPage, code?: string): void {
    const { name, region, clock, onRead } = this.#options;
    onRead({
      operation: "GetRecords",
      streamName: name,
      region,
      at: clock.now(),
      milliseconds: 0,
      records: records.length,
      bytes: records.reduce((sum, { data }) => sum + data.length, 0),
      iteratorAge: millisBehindLatest,
      ...(code !== undefined && { errorCode: code }),
    });
  }
}

function inputOf(
  shard: number,
  { shards, traffic, seed }: SimulatedStreamOptions,
  onSecond: (second: TrafficSecond) => void,
): ShardInput {
  const random = new SeededRandom(seed, firstShardSequence + shard);
  return new ShardInput(traffic, { shard, shards }, random, onSecond);
}

const hourMilliseconds = 60 * 60 * 1000;

/** Lower sequences are for random numbers outside of shards. */
const firstShardSequence = 1000;
