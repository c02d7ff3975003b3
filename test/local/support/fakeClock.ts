import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../../aws/clock";

/** A clock that moves only with `advance`. Its time of day can be set without time passing. */
export class FakeClock implements Clock {
  #now = Date.parse("2026-03-01T12:00:00Z");
  #set = 0;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  now(): number {
    return this.#now + this.#set;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the time of day forward, or back if negative. */
  set(milliseconds: number): void {
    this.#set += milliseconds;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const sleeper = { until: this.#now + milliseconds, wake };
      const sleepers = this.#sleepers;
      sleepers.add(sleeper);
      signal.addEventListener("abort", wake);
      function wake() {
        sleepers.delete(sleeper);
        signal.removeEventListener("abort", wake);
        resolve();
      }
    });
  }

  /** Moves the time, wakes every sleeper at its time, and lets it work before time continues. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settle();
      const [next] = [...this.#sleepers].sort((one, other) => one.until - other.until);
      if (!next || next.until > end) break;
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
    this.#now = end;
    await settle();
  }

  /** How many sleepers there are. */
  get sleeping(): number {
    return this.#sleepers.size;
  }
}

/** Runs everything that waits for neither time nor input and output. */
async function settle(): Promise<void> {
  await setImmediate();
  await setImmediate();
}
