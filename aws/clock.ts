import { setTimeout } from "node:timers/promises";

/** Time, injected where behavior depends on it, so that tests can let hours pass at once. */
export interface Clock {
  /** The time of day, in milliseconds since 1970. It can be set, forward and back. */
  now(): number;
  /** Milliseconds since some moment, for durations: they pass whatever the time of day is set to. */
  monotonic(): number;
  /** Resolves when the time has passed, or as soon as the signal is aborted; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * The clock of the machine. The system's monotonic clock stops while the machine is suspended; here,
 * that time passes too, so that what was due meanwhile happens soon after.
 */
class SystemClock implements Clock {
  #elapsed = 0;
  #steady = performance.now();
  #timeOfDay = Date.now();

  now(): number {
    return Date.now();
  }

  monotonic(): number {
    const steady = performance.now() - this.#steady;
    const timeOfDay = Date.now() - this.#timeOfDay;
    this.#steady += steady;
    this.#timeOfDay += timeOfDay;
    this.#elapsed += timeOfDay > steady + suspensionMilliseconds ? timeOfDay : steady;
    return this.#elapsed;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const end = this.monotonic() + milliseconds;
    let left = milliseconds;
    do {
      const bounded = Math.min(left, maximumTimerMilliseconds);
      await setTimeout(bounded, undefined, { signal }).catch(() => undefined);
      left = end - this.monotonic();
    } while (left > 0 && !signal.aborted);
  }
}

/** Between two readings of the clocks, a larger difference is a suspension, not imprecision. */
const suspensionMilliseconds = 1000;

/** A timer of the system does not count the time of a suspension, so none runs for longer. */
const maximumTimerMilliseconds = 1000;

export const systemClock: Clock = new SystemClock();
