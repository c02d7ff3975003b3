import type { Clock } from "../../aws/clock";

/**
 * A clock whose time jumps from one sleeper to the next as soon as nobody has anything left to do,
 * so that a day passes as fast as its work is done. Always in the same order.
 *
 * Who works here waits for nothing but this clock: it does not see files, sockets or threads.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers = new Sleepers();

  /** @param begin in milliseconds since 1970 */
  constructor(begin: number) {
    this.#now = begin;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        sleeper.awake = true;
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const until = this.#now + Math.max(0, milliseconds);
      const sleeper: Sleeper = { until, order: (this.#order += 1), awake: false, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", wake);
    });
  }

  /** Lets the time pass up to a moment, and everybody work who wakes until then. */
  async run(until: number): Promise<void> {
    await settle();
    for (let at = this.#sleepers.next?.until; at !== undefined && at <= until;) {
      this.#now = at;
      // All of one moment at once: settling is the dear part.
      for (let next = this.#sleepers.next; next?.until === at; next = this.#sleepers.next)
        next.wake();
      await settle();
      at = this.#sleepers.next?.until;
    }
    this.#now = Math.max(this.#now, until);
  }
}

/** Promises run before an immediate does, those that they make included. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Somebody who waits for a time to come. */
interface Sleeper {
  /** In milliseconds since 1970. */
  readonly until: number;
  /** Tells apart those with the same time: who came first, wakes first. */
  readonly order: number;
  /** Set by whoever wakes it before its time. */
  awake: boolean;
  readonly wake: () => void;
}

/** Sleepers in the order in which they wake: a binary heap, since thousands wait at once. */
class Sleepers {
  readonly #heap: Sleeper[] = [];

  /** The next to wake, without those that are awake already; undefined if nobody sleeps. */
  get next(): Sleeper | undefined {
    while (this.#heap[0]?.awake === true) this.#removeFirst();
    return this.#heap[0];
  }

  add(sleeper: Sleeper): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(sleeper, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = sleeper;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const child = this.#earlierChild(index);
      const below = heap[child];
      if (below === undefined || !isBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  }

  #earlierChild(index: number): number {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const [one, other] = [this.#heap[left], this.#heap[right]];
    return one !== undefined && other !== undefined && isBefore(other, one) ? right : left;
  }
}

function isBefore(one: Sleeper, other: Sleeper): boolean {
  return one.until < other.until || (one.until === other.until && one.order < other.order);
}
