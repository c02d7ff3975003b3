/** Somebody who waits for a time to come. */
export interface Sleeper {
  /** In milliseconds since 1970. */
  readonly until: number;
  /** Tells apart those with the same time: who came first, wakes first. */
  readonly order: number;
  /** Set by whoever wakes it before its time. */
  awake: boolean;
  readonly wake: () => void;
}

/** Sleepers in the order in which they wake: a binary heap, since thousands wait at once. */
export class Sleepers {
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
