import type { SeededRandom } from "./seededRandom";
import { type ShardSecond, shardLimits, type ShardTraffic } from "./shardTraffic";

/**
 * When the accepted records of a shard arrive, and which content each of them has. Times are in
 * milliseconds since 1970.
 */
export class Arrivals {
  readonly #traffic: ShardTraffic;
  readonly #contents: number;
  readonly #random: SeededRandom;
  /** When the records of the present second arrive. */
  readonly #times = new Float64Array(shardLimits.recordsPerSecond);
  /** How many records the present second has, and how many of them are taken. */
  #count = 0;
  #taken = 0;
  #content = 0;
  /** How many records of a second arrive in each of its milliseconds; 0 in between. */
  readonly #perMillisecond = new Int32Array(1000);
  /** A bit for each millisecond with records. */
  readonly #milliseconds = new Int32Array(Math.ceil(1000 / 32));
  #block = new Float64Array(0);
  #blockUsed = 0;

  /** @param contents how many contents there are */
  constructor(traffic: ShardTraffic, contents: number, random: SeededRandom) {
    this.#traffic = traffic;
    this.#contents = contents;
    this.#random = random;
    this.#nextSecond();
  }

  /** When the next record arrives; Infinity after the last record. */
  get at(): number {
    return this.#taken < this.#count ? (this.#times[this.#taken] ?? Infinity) : Infinity;
  }

  /** Index of its content. */
  get content(): number {
    return this.#content;
  }

  /**
   * Moves past the next records.
   *
   * @returns when each of them arrived: at most so many, and none after `now`
   */
  take(now: number, most: number): Float64Array {
    const block = this.#blockFor(most);
    const begin = this.#blockUsed;
    let end = begin;
    while (end < begin + most && this.at <= now) {
      const times = this.#times;
      let taken = this.#taken;
      const last = Math.min(this.#count, taken + begin + most - end);
      for (let time = times[taken]; taken < last && time !== undefined && time <= now;) {
        block[end] = time;
        end += 1;
        taken += 1;
        time = times[taken];
      }
      this.#advance(taken - this.#taken);
    }
    this.#blockUsed = end;
    return block.subarray(begin, end);
  }

  /**
   * Moves past the records that have been waiting longer than a time.
   *
   * @returns how many there were
   */
  drop(now: number, milliseconds: number): number {
    let dropped = 0;
    for (; now - this.at > milliseconds; dropped += 1) this.#advance(1);
    return dropped;
  }

  /** @param records of the present second */
  #advance(records: number): void {
    this.#content = (this.#content + records) % this.#contents;
    this.#taken += records;
    if (this.#taken === this.#count) this.#nextSecond();
  }

  #nextSecond(): void {
    this.#taken = 0;
    this.#count = 0;
    while (this.#count === 0 && this.#traffic.next < Infinity) {
      const second = this.#traffic.take();
      if (second.records === 0) continue;
      this.#content = second.first;
      this.#count = second.records;
      this.#place(second);
    }
  }

  /** Independent arrivals are spread evenly over a second; a full shard rejects the last ones. */
  #place({ at, records, throttled, milliseconds }: ShardSecond): void {
    const counts = this.#perMillisecond;
    const bits = this.#milliseconds;
    for (let arrived = records + throttled; arrived > 0; arrived -= 1) {
      const millisecond = this.#random.below(milliseconds);
      counts[millisecond] = (counts[millisecond] ?? 0) + 1;
      bits[millisecond >>> 5] = (bits[millisecond >>> 5] ?? 0) | (1 << (millisecond & 31));
    }
    const times = this.#times;
    let placed = 0;
    // Finds the milliseconds with records much faster than a look at all of them would.
    for (let word = 0; word < bits.length; word += 1) {
      for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
        const millisecond = 32 * word + 31 - Math.clz32(left & -left);
        const end = Math.min(records, placed + (counts[millisecond] ?? 0));
        for (; placed < end; placed += 1) times[placed] = at + millisecond;
        counts[millisecond] = 0;
      }
      bits[word] = 0;
    }
  }

  /** Room for the times of so many records. Many bundles share one block: each array is expensive. */
  #blockFor(records: number): Float64Array {
    if (this.#blockUsed + records > this.#block.length) {
      this.#block = new Float64Array(Math.max(blockRecords, records));
      this.#blockUsed = 0;
    }
    return this.#block;
  }
}

const blockRecords = 16_384;
