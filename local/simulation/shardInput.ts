import type { SeededRandom } from "./seededRandom";
import type { TrafficSecond, Traffic } from "./traffic";

/**
 * What producers put on one shard, made as it is asked for. Beyond what a shard takes in a second,
 * records are refused; a refused record is counted and not sent again.
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
   * @param shard which of `shards`: each gets the contents from another one on
   * @param onSecond told of each second with traffic, once the first record after it is asked for
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

  /** The arrival of the next record, in milliseconds since 1970; Infinity after the last one. */
  get at(): number {
    return this.#at;
  }

  /** Of the next record. */
  get data(): Uint8Array {
    return this.#traffic.contents[this.#index] ?? noData;
  }

  /** Goes on to the record after it. */
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

/** Kinesis Data Streams, "Quotas and limits": what a shard takes, data and partition keys. */
const recordsPerSecond = 1000;
const bytesPerSecond = 1024 * 1024;

/** A UUID, as most producers take one. */
const partitionKeyBytes = 36;
