import { LogarithmicCounts } from "./logarithmicCounts";
import type { Minutes } from "./simulationResult";
import type { TrafficSecond } from "./traffic";

/** Records what happens, by the minute. */
export class MinuteSeries {
  readonly #begin: number;
  readonly #minutes = {
    accepted: [] as number[],
    throttled: [] as number[],
    delivered: [] as number[],
    latency: { p50: [] as Measured, p99: [] as Measured, max: [] as Measured },
    objects: [] as number[],
    storedBytes: { min: [] as Measured, max: [] as Measured },
    lag: [] as number[],
    partitions: [] as number[],
  };
  /** Of this minute. */
  readonly #latencies = new LogarithmicCounts();
  readonly #allLatencies = new LogarithmicCounts();

  /** @param begin in milliseconds since 1970 */
  constructor(begin: number) {
    this.#begin = begin;
  }

  /** Adds what arrived within a second, which may be long ago. */
  arrived({ at, records, throttled }: TrafficSecond): void {
    const minute = this.#minuteOf(at);
    const series = this.#minutes;
    series.accepted[minute] = (series.accepted[minute] ?? 0) + records;
    series.throttled[minute] = (series.throttled[minute] ?? 0) + throttled;
  }

  /** Adds an object that was put into the bucket. */
  stored(at: number, records: number, bytes: number): void {
    const minute = this.#minuteOf(at);
    const { delivered, objects, storedBytes } = this.#minutes;
    delivered[minute] = (delivered[minute] ?? 0) + records;
    objects[minute] = (objects[minute] ?? 0) + 1;
    storedBytes.min[minute] = Math.min(storedBytes.min[minute] ?? Infinity, bytes);
    storedBytes.max[minute] = Math.max(storedBytes.max[minute] ?? 0, bytes);
  }

  /** Adds how many partitions are active at a moment. */
  partitioned(at: number, active: number): void {
    const { partitions } = this.#minutes;
    const minute = this.#minuteOf(at);
    partitions[minute] = Math.max(partitions[minute] ?? 0, active);
  }

  /** Adds the latencies of records in such an object, by when they arrived at the stream. */
  delivered(arrivals: ArrayLike<number>, now: number): void {
    this.#latencies.addDistances(arrivals, now);
  }

  /** Ends a minute. Only arrivals can still be added to it. */
  endMinute(lag: number): void {
    const { latency, lag: lags } = this.#minutes;
    lags.push(lag);
    const any = this.#latencies.count > 0;
    latency.p50.push(any ? this.#latencies.quantile(0.5) : null);
    latency.p99.push(any ? this.#latencies.quantile(0.99) : null);
    latency.max.push(any ? this.#latencies.max : null);
    if (any) this.#allLatencies.take(this.#latencies);
  }

  /** Latencies in all minutes that have ended. */
  get latencies(): Pick<LogarithmicCounts, "max" | "min" | "quantile"> {
    return this.#allLatencies;
  }

  /** All series, for the minutes that have ended. */
  get minutes(): Minutes {
    const { accepted, throttled, delivered, latency, objects, storedBytes, lag } = this.#minutes;
    const { partitions } = this.#minutes;
    const each = <T>(series: readonly T[], nothing: T): T[] =>
      lag.map((_, minute) => series[minute] ?? nothing);
    return {
      accepted: each(accepted, 0),
      throttled: each(throttled, 0),
      delivered: each(delivered, 0),
      latency,
      objects: each(objects, 0),
      storedBytes: { min: each(storedBytes.min, null), max: each(storedBytes.max, null) },
      lag,
      ...(partitions.length > 0 && { partitions: each(partitions, 0) }),
    };
  }

  #minuteOf(at: number): number {
    return Math.floor((at - this.#begin) / 60_000);
  }
}

type Measured = (number | null)[];
