import type { Clock } from "../../clock";
import type { Shard } from "../store/shard";

const mebibyte = 1024 * 1024;

/** Of one shard in a second (Developer Guide, "Quotas and limits"). */
const limits = {
  write: { calls: 1000, bytes: mebibyte },
  read: { calls: 5, bytes: 2 * mebibyte },
} as const;

type Direction = keyof typeof limits;

/** What a shard has used of the current second, and in advance of those that follow. */
interface Usage {
  /** When the second began, on the monotonic clock. */
  readonly since: number;
  readonly calls: number;
  readonly bytes: number;
}

/**
 * The throughput of the shards of a store, limited as in AWS. What exceeds a second, such as a record of
 * more than 1 MiB or a page of more than 2 MiB, uses up the seconds that follow: after a page of 10 MiB, a
 * shard rejects reads for five seconds.
 *
 * An on-demand stream has the throughput of its shards; they do not become more by themselves.
 */
export class ShardThroughput {
  readonly #clock: Clock;
  readonly #usage = new WeakMap<Shard["log"], Partial<Record<Direction, Usage>>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a record that a producer puts on a shard; false if it must be rejected. */
  accepts({ log }: Shard, bytes: number): boolean {
    const usage = this.#usageOf(log, "write");
    const { calls, bytes: max } = limits.write;
    const fits = usage.bytes === 0 || usage.bytes + bytes <= max;
    if (usage.calls >= calls || !fits) return false;
    this.#use(log, "write", { ...usage, calls: usage.calls + 1, bytes: usage.bytes + bytes });
    return true;
  }

  /** Counts a call to read a shard; false if it must be rejected. */
  mayRead({ log }: Shard): boolean {
    const usage = this.#usageOf(log, "read");
    const { calls, bytes } = limits.read;
    if (usage.calls >= calls || usage.bytes >= bytes) return false;
    this.#use(log, "read", { ...usage, calls: usage.calls + 1 });
    return true;
  }

  /** Counts what a call has read. */
  hasRead({ log }: Shard, bytes: number): void {
    const usage = this.#usageOf(log, "read");
    this.#use(log, "read", { ...usage, bytes: usage.bytes + bytes });
  }

  #use(log: Shard["log"], direction: Direction, usage: Usage): void {
    this.#usage.set(log, { ...this.#usage.get(log), [direction]: usage });
  }

  #usageOf(log: Shard["log"], direction: Direction): Usage {
    const now = this.#clock.monotonic();
    const { since, calls, bytes } = this.#usage.get(log)?.[direction] ?? {
      since: now,
      calls: 0,
      bytes: 0,
    };
    const seconds = Math.floor((now - since) / 1000);
    if (seconds === 0) return { since, calls, bytes };
    const left = Math.max(0, bytes - seconds * limits[direction].bytes);
    // After a pause, a second begins with the next call.
    return { since: left === 0 ? now : since + seconds * 1000, calls: 0, bytes: left };
  }
}
