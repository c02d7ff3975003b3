import type { SeededRandom } from "./seededRandom";
import type { Traffic, TrafficSecond } from "./traffic";

/** What one shard accepted and rejected within one second. */
export interface ShardSecond extends TrafficSecond {
  /** Index of the content of its first accepted record; the others follow in the cycle. */
  readonly first: number;
  /** Length of the second in milliseconds: below 1000 at the end of the traffic. */
  readonly milliseconds: number;
}

/**
 * What producers put on one shard, second by second. Records above the limits of a shard per second are
 * rejected. A rejected record is counted, but not sent again.
 *
 * A second costs the same however many records arrive in it, except for their sizes.
 */
export class ShardTraffic {
  readonly #traffic: Traffic;
  readonly #random: SeededRandom;
  readonly #perMillisecond: number;
  readonly #sizes: Int32Array;
  #next: number;
  #index: number;

  /** @param shard index of the shard among `shards`; each shard starts at a different content */
  constructor(
    traffic: Traffic,
    { shard, shards }: { readonly shard: number; readonly shards: number },
    random: SeededRandom,
  ) {
    this.#traffic = traffic;
    this.#random = random;
    this.#perMillisecond = traffic.recordsPerSecond / shards / 1000;
    this.#sizes = Int32Array.from(traffic.contents, ({ length }) => length);
    this.#next = traffic.begin;
    this.#index = Math.floor((shard * traffic.contents.length) / shards);
  }

  /** Start of the second that `take` returns; Infinity after the end of the traffic. */
  get next(): number {
    return this.#next < this.#traffic.end ? this.#next : Infinity;
  }

  /** The next second, with or without records. Call this only before the end of the traffic. */
  take(): ShardSecond {
    const at = this.#next;
    const milliseconds = Math.min(1000, this.#traffic.end - at);
    const arrivals = this.#random.poisson(this.#perMillisecond * milliseconds);
    const first = this.#index;
    const { records, bytes } = this.#accept(Math.min(arrivals, shardLimits.recordsPerSecond));
    this.#next += 1000;
    return { at, milliseconds, first, records, bytes, throttled: arrivals - records };
  }

  /** Moves past the contents that fit into the limit of bytes. */
  #accept(most: number): { readonly records: number; readonly bytes: number } {
    const sizes = this.#sizes;
    const { bytesPerSecond, partitionKeyBytes } = shardLimits;
    let [records, bytes, index] = [0, 0, this.#index];
    for (; records < most; records += 1) {
      const size = sizes[index] ?? 0;
      if (bytes + size + partitionKeyBytes * (records + 1) > bytesPerSecond) break;
      bytes += size;
      index = index + 1 === sizes.length ? 0 : index + 1;
    }
    this.#index = index;
    return { records, bytes };
  }
}

/** Write limits of a shard, data and partition keys. Source: Kinesis, "Quotas and limits". */
export const shardLimits = {
  recordsPerSecond: 1000,
  bytesPerSecond: 1024 * 1024,
  /** The length of a UUID, which most producers use. */
  partitionKeyBytes: 36,
} as const;
