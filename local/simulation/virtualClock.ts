import type { Clock } from "../../aws/clock";
import { Sleepers, type Sleeper } from "./sleepers";

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
