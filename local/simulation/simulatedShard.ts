import type { RecordPage } from "../../aws/firehose/source/streamSource";
import type { ContentCycle, RecordBundle } from "./recordBundle";
import type { SeededRandom } from "./seededRandom";
import type { ShardSecond, ShardTraffic } from "./shardTraffic";

export interface SimulatedShardOptions {
  readonly traffic: ShardTraffic;
  readonly contents: ContentCycle;
  /** Bytes of data that a bundle of several records may have. */
  readonly bundleBytes: number;
  /** Places the records of a second within it. */
  readonly random: SeededRandom;
  readonly retentionMilliseconds: number;
}

/** A page of bundles. */
export interface BundlePage extends RecordPage {
  readonly records: readonly RecordBundle[];
  /** How many records are in the bundles. */
  readonly recordCount: number;
  /** Bytes of their data. */
  readonly bytes: number;
}

/** A shard with one reader. It stores no records, but generates them when they are read. */
export class SimulatedShard {
  readonly #options: SimulatedShardOptions;
  readonly #arrivals: Arrivals;
  #sequenceNumber = 0;
  #readableAgain = 0;
  #expired = 0;

  constructor(options: SimulatedShardOptions) {
    const { traffic, contents, random } = options;
    this.#options = options;
    this.#arrivals = new Arrivals(traffic, contents.length, random);
  }

  /** Records that were not read before their retention ended. */
  get expired(): number {
    return this.#expired;
  }

  /** Whether all traffic has been read or has expired. */
  get finished(): boolean {
    return this.#arrivals.at === Infinity;
  }

  /** How long the next record has been waiting to be read, in milliseconds. */
  lag(now: number): number {
    return Math.max(0, now - this.#arrivals.at);
  }

  /**
   * The records that arrived since the last page.
   *
   * @throws the API's error if the read throughput of the shard is exceeded
   */
  read(now: number, iterator: string): BundlePage {
    if (now < this.#readableAgain) throw new ThroughputExceededError();
    while (now - this.#arrivals.at > this.#options.retentionMilliseconds) {
      this.#expired += 1;
      this.#arrivals.advance();
    }
    const records: RecordBundle[] = [];
    let [recordCount, bytes] = [0, 0];
    for (;;) {
      const most = { records: recordsPerPage - recordCount, bytes: bytesPerPage - bytes };
      const bundle = this.#nextBundle(now, most);
      if (bundle === undefined) break;
      records.push(bundle);
      recordCount += bundle.arrivals.length;
      bytes += bundle.data.length;
    }
    this.#readableAgain = now + (1000 * bytes) / bytesPerSecond;
    const millisBehindLatest = this.lag(now);
    return { records, nextIterator: iterator, millisBehindLatest, recordCount, bytes };
  }

  /** @returns undefined if no record has arrived, or the next one does not fit */
  #nextBundle(now: number, most: Amount): RecordBundle | undefined {
    const arrivals = this.#arrivals;
    const { contents, bundleBytes } = this.#options;
    const first = arrivals.content;
    const times: number[] = [];
    let bytes = 0;
    while (arrivals.at <= now && times.length < most.records) {
      const index = first + times.length;
      const size = contents.sizeOf(index);
      if (bytes + size > most.bytes) break;
      if (times.length > 0 && (bytes + size > bundleBytes || index === contents.length)) break;
      bytes += size;
      times.push(arrivals.at);
      arrivals.advance();
    }
    const [arrival] = times;
    if (arrival === undefined) return undefined;
    this.#sequenceNumber += times.length;
    return {
      data: contents.joined(first, times.length),
      arrival,
      sequenceNumber: String(this.#sequenceNumber),
      first,
      arrivals: times,
    };
  }
}

interface Amount {
  readonly records: number;
  readonly bytes: number;
}

/** The accepted records of a shard, one after the other. */
class Arrivals {
  /** When the next record arrives, in milliseconds since 1970; Infinity after the last record. */
  at = Infinity;
  /** Index of its content. */
  content = 0;
  readonly #traffic: ShardTraffic;
  readonly #contents: number;
  readonly #random: SeededRandom;
  /** How many records of the present second arrive in each of its milliseconds. */
  readonly #perMillisecond = new Uint32Array(1000);
  #second = 0;
  #millisecond = 0;
  #left = 0;

  constructor(traffic: ShardTraffic, contents: number, random: SeededRandom) {
    this.#traffic = traffic;
    this.#contents = contents;
    this.#random = random;
    this.#nextSecond();
  }

  advance(): void {
    this.#left -= 1;
    if (this.#left === 0) {
      this.#nextSecond();
      return;
    }
    this.content = this.content + 1 === this.#contents ? 0 : this.content + 1;
    this.#place();
  }

  #nextSecond(): void {
    while (this.#traffic.next < Infinity) {
      const second = this.#traffic.take();
      if (second.records === 0) continue;
      this.#spread(second);
      this.#second = second.at;
      this.#millisecond = 0;
      this.#left = second.records;
      this.content = second.first;
      this.#place();
      return;
    }
    this.at = Infinity;
  }

  /** Moves to the millisecond of the next record. */
  #place(): void {
    const counts = this.#perMillisecond;
    let millisecond = this.#millisecond;
    let count = counts[millisecond] ?? 1;
    while (count === 0) count = counts[(millisecond += 1)] ?? 1;
    counts[millisecond] = count - 1;
    this.#millisecond = millisecond;
    this.at = this.#second + millisecond;
  }

  /** Independent arrivals are spread evenly over a second; a full shard rejects the last ones. */
  #spread({ records, throttled, milliseconds }: ShardSecond): void {
    const counts = this.#perMillisecond.fill(0);
    for (let arrived = records + throttled; arrived > 0; arrived -= 1) {
      const millisecond = this.#random.below(milliseconds);
      counts[millisecond] = (counts[millisecond] ?? 0) + 1;
    }
  }
}

/** Kinesis's error when a shard is read too fast. */
class ThroughputExceededError extends Error {
  override readonly name = "ProvisionedThroughputExceededException";
  constructor() {
    super("Rate exceeded for the shard.");
  }
}

/** Limits of GetRecords: the size of a page, and the average read throughput of a shard. */
const recordsPerPage = 10_000;
const bytesPerPage = 10 * 1024 * 1024;
const bytesPerSecond = 2 * 1024 * 1024;
