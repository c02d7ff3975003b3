import type { SeededRandom } from "./seededRandom";
import type { TrafficSecond, Traffic } from "./traffic";

/**
 * What producers put on one shard, generated as it is read. Records above the limits of a shard per
 * second are rejected. A rejected record is counted, but not sent again.
 */
export class ShardInput {
  readonly #traffic: Traffic;
  readonly #random: SeededRandom;
  readonly #meanGap: number;
  readonly #onSecond: (second: TrafficSecond) => void;
  #index: number;
  #at: number;
  #second: number;
  #records = 0;
  #bytes = 0;
  #throttled = 0;

  /**
   * @param shard index of the shard among `shards`; each shard starts at a different content
   * @param onSecond called for each second with traffic, when the first record after it is generated
   */
  constructor(
    traffic: Traffic,
    { shard, shards }: { readonly shard: number; readonly shards: number },
    random: SeededRandom,
    onSecond: (second: TrafficSecond) => void,
  ) {
    this.#traffic = traffic;
    this.#random = random;
    this.#meanGap = (1000 * shards) / traffic.recordsPerSecond;
    this.#onSecond = onSecond;
    this.#index = Math.floor((shard * traffic.contents.length) / shards);
    this.#second = traffic.begin;
    this.#at = traffic.begin;
    this.#toNextAccepted();
  }

  /** When the next record arrives, in milliseconds since 1970; Infinity after the last record. */
  get at(): number {
    return this.#at;
  }

  /** The data of the next record. */
  get data(): Uint8Array {
    return this.#traffic.contents[this.#index] ?? noData;
  }

  /** Moves to the record after it. */
  advance(): void {
    this.#index = (this.#index + 1) % this.#traffic.contents.length;
    this.#toNextAccepted();
  }

  #toNextAccepted(): void {
    for (;;) {
      this.#at += this.#random.exponential(this.#meanGap);
      if (this.#at >= this.#traffic.end) this.#at = Infinity;
      if (this.#at >= this.#second + 1000) this.#closeSecond();
      if (this.#at === Infinity) return;
      const size = this.data.length;
      const bytes = this.#bytes + size + partitionKeyBytes * (this.#records + 1);
      if (this.#records < recordsPerSecond && bytes <= bytesPerSecond) {
        this.#records += 1;
        this.#bytes += size;
        return;
      }
      this.#throttled += 1;
    }
  }

  #closeSecond(): void {
    if (this.#records + this.#throttled > 0) {
      this.#onSecond({
        at: this.#second,
        records: this.#records,
        bytes: this.#bytes,
        throttled: this.#throttled,
      });
    }
    const { begin } = this.#traffic;
    if (this.#at < Infinity) this.#second = begin + Math.floor((this.#at - begin) / 1000) * 1000;
    this.#records = 0;
    this.#bytes = 0;
    this.#throttled = 0;
  }
}

const noData = new Uint8Array();

/** Write limits of a shard, data and partition keys. Source: Kinesis, "Quotas and limits". */
const recordsPerSecond = 1000;
const bytesPerSecond = 1024 * 1024;

/** The length of a UUID, which most producers use. */
const partitionKeyBytes = 36;
