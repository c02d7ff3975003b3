import type { Clock } from "../../aws/clock";

/**
 * A clock that jumps to the next sleeper as soon as no other work is left, so a simulated day takes
 * only as long as its work. The order of sleepers is deterministic.
 *
 * Code on this clock must not wait for anything else: the clock cannot detect work with files,
 * sockets or threads.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers = new Sleepers();
  /** What wakes sleepers early: one listener for all that share a signal, since listeners are expensive. */
  readonly #wakers = new WeakMap<AbortSignal, Waker>();

  /** @param begin in milliseconds since 1970 */
  constructor(begin: number) {
    this.#now = begin;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waker = this.#wakerOf(signal);
      const wake = (): void => {
        sleeper.awake = true;
        waker.remove(sleeper);
        resolve();
      };
      const until = this.#now + Math.max(0, milliseconds);
      const sleeper: Sleeper = { until, order: (this.#order += 1), awake: false, wake };
      this.#sleepers.add(sleeper);
      waker.add(sleeper);
    });
  }

  #wakerOf(signal: AbortSignal): Waker {
    const waker = this.#wakers.get(signal) ?? new Waker(signal);
    this.#wakers.set(signal, waker);
    return waker;
  }

  /** Advances the time to `until`. Wakes each sleeper at its time and waits for its work. */
  async run(until: number): Promise<void> {
    await turnOfEvents();
    for (let next = this.#sleepers.next; next !== undefined && next.until <= until;) {
      this.#now = next.until;
      for (; next?.until === this.#now; next = this.#sleepers.next) {
        next.wake();
        await turnOfPromises();
      }
      await turnOfEvents();
      next = this.#sleepers.next;
    }
    this.#now = Math.max(this.#now, until);
  }
}

/** Waits for all pending promises, including those that they create: Node runs its ticks after them. */
function turnOfPromises(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** Waits for callbacks of `setImmediate` as well. */
function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** A caller of `sleep` that waits for a time. */
interface Sleeper {
  /** In milliseconds since 1970. */
  readonly until: number;
  /** Order of the calls to `sleep`. For the same time, the first caller wakes first. */
  readonly order: number;
  /** Set when it wakes, which can be before its time. */
  awake: boolean;
  readonly wake: () => void;
}

/** Wakes sleepers when a signal is aborted. */
class Waker {
  readonly #signal: AbortSignal;
  readonly #sleepers = new Set<Sleeper>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(sleeper: Sleeper): void {
    if (this.#sleepers.size === 0) this.#signal.addEventListener("abort", this.#wakeAll);
    this.#sleepers.add(sleeper);
  }

  remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper);
    if (this.#sleepers.size === 0) this.#signal.removeEventListener("abort", this.#wakeAll);
  }

  readonly #wakeAll = (): void => {
    for (const { wake } of this.#sleepers) wake();
  };
}

/** Sleepers in the order in which they wake: a binary heap, because thousands wait at once. */
class Sleepers {
  readonly #heap: Sleeper[] = [];

  /** The next sleeper to wake, except those that are already awake; undefined without sleepers. */
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
