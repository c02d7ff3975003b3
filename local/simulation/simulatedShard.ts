import type { RecordPage } from "../../aws/firehose/source/streamSource";
import { Arrivals } from "./arrivals";
import type { ContentCycle, RecordBundle } from "./recordBundle";
import type { SeededRandom } from "./seededRandom";
import type { ShardTraffic } from "./shardTraffic";

export interface SimulatedShardOptions {
  readonly traffic: ShardTraffic;
  readonly contents: ContentCycle;
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
    this.#expired += this.#arrivals.drop(now, this.#options.retentionMilliseconds);
    const records: RecordBundle[] = [];
    let [recordCount, bytes] = [0, 0];
    for (;;) {
      const bundle = this.#nextBundle(now, recordsPerPage - recordCount, bytesPerPage - bytes);
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
  #nextBundle(now: number, maxRecords: number, maxBytes: number): RecordBundle | undefined {
    const { contents } = this.#options;
    const first = this.#arrivals.content;
    const most = Math.min(maxRecords, contents.bundleLength(first, maxBytes));
    const arrivals = this.#arrivals.take(now, most);
    const [arrival] = arrivals;
    if (arrival === undefined) return undefined;
    this.#sequenceNumber += arrivals.length;
    return {
      data: contents.joined(first, arrivals.length),
      arrival,
      sequenceNumber: String(this.#sequenceNumber),
      first,
      arrivals,
    };
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
