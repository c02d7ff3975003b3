import type { Metric, MetricData } from "./metric";

/** CloudWatch's statistics, without percentiles. */
export const statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const;

export type Statistic = (typeof statistics)[number];

/** A summary of values. */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The values of one minute. */
interface MetricMinute extends StatisticSet {
  /** Start of the minute, in milliseconds since 1970. */
  readonly at: number;
}

/** A metric with all minutes that have data, oldest first. */
export interface MetricSeries extends Metric {
  readonly minutes: readonly MetricMinute[];
}

export const MINUTE = 60_000;

/** How many of the newest minutes with data are kept of each metric: three days. */
const KEPT_MINUTES = 3 * 24 * 60;

type Bucket = { -readonly [Name in keyof StatisticSet]: StatisticSet[Name] };

/**
 * Stores metrics as CloudWatch does: a set of statistics per minute. Memory grows with the number of
 * metrics and minutes, not with that of values.
 */
export class MetricStore {
  /** By namespace. */
  readonly #groups = new Map<string, Group[]>();
  /** All series, in the order of their first value. */
  readonly #series: Series[] = [];

  record({ namespace, dimensions, at, values }: MetricData): void {
    const group = this.#groupOf(namespace, dimensions) ?? this.#newGroup(namespace, dimensions);
    const minute = Math.floor(at / MINUTE);
    // Without arrays of entries: a busy stream has values every second, for days of simulated time.
    for (const name in values) {
      let series = group.series.get(name);
      if (series === undefined) {
        series = new Series({ namespace, name, dimensions });
        group.series.set(name, series);
        this.#series.push(series);
      }
      series.add(minute, values[name] ?? 0);
    }
  }

  #groupOf(namespace: string, dimensions: Dimensions): Group | undefined {
    return this.#groups
      .get(namespace)
      ?.find((group) => areSameDimensions(group.dimensions, dimensions));
  }

  #newGroup(namespace: string, dimensions: Dimensions): Group {
    const group: Group = { dimensions, series: new Map() };
    this.#groups.set(namespace, [...(this.#groups.get(namespace) ?? []), group]);
    return group;
  }

  /**
   * A statistic over some minutes.
   *
   * @param from in milliseconds since 1970, at a full minute
   * @param to as `from`, exclusive
   * @returns undefined if there are no data
   */
  statistic(metric: Metric, statistic: Statistic, from: number, to: number): number | undefined {
    const { namespace, name, dimensions } = metric;
    const series = this.#groupOf(namespace, dimensions)?.series.get(name);
    if (series === undefined) return undefined;
    const buckets: StatisticSet[] = [];
    for (let minute = Math.floor(from / MINUTE); minute < Math.floor(to / MINUTE); minute += 1) {
      const bucket = series.buckets.get(minute);
      if (bucket !== undefined) buckets.push(bucket);
    }
    return statisticOf(statistic, buckets);
  }

  /** All metrics that have data, in the order of their first value. */
  metrics(): readonly MetricSeries[] {
    return this.#series.map(({ metric, buckets }) => ({
      ...metric,
      minutes: [...buckets]
        .sort(([one], [other]) => one - other)
        .map(([minute, bucket]) => ({ at: minute * MINUTE, ...bucket })),
    }));
  }
}

/** A statistic over several sets; undefined for no sets. */
export function statisticOf(
  statistic: Statistic,
  sets: readonly StatisticSet[],
): number | undefined {
  if (sets.length === 0) return undefined;
  const total = (part: (set: StatisticSet) => number): number =>
    sets.reduce((sum, set) => sum + part(set), 0);
  switch (statistic) {
    case "Sum":
      return total(({ sum }) => sum);
    case "SampleCount":
      return total(({ count }) => count);
    case "Average":
      return total(({ sum }) => sum) / total(({ count }) => count);
    case "Maximum":
      return Math.max(...sets.map(({ max }) => max));
    case "Minimum":
      return Math.min(...sets.map(({ min }) => min));
  }
}

type Dimensions = Metric["dimensions"];

/** The metrics with the same namespace and dimensions. */
interface Group {
  readonly dimensions: Dimensions;
  /** By the name of the metric. */
  readonly series: Map<string, Series>;
}

function areSameDimensions(one: Dimensions, other: Dimensions): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  for (const name in other) if (!(name in one)) return false;
  return true;
}

/** The values of one metric. */
class Series {
  readonly metric: Metric;
  /** By minutes since 1970. */
  readonly buckets = new Map<number, Bucket>();
  #latestMinute = -Infinity;
  #latest: Bucket = { count: 0, sum: 0, min: Infinity, max: -Infinity };

  constructor(metric: Metric) {
    this.metric = metric;
  }

  /** @param minute since 1970 */
  add(minute: number, value: number): void {
    const bucket = minute === this.#latestMinute ? this.#latest : this.#bucketOf(minute);
    bucket.count += 1;
    bucket.sum += value;
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
  }

  #bucketOf(minute: number): Bucket {
    let bucket = this.buckets.get(minute);
    if (bucket === undefined) {
      bucket = { count: 0, sum: 0, min: Infinity, max: -Infinity };
      this.buckets.set(minute, bucket);
      // Values are recorded in the order of time, so the first bucket is the oldest.
      const [oldest] = this.buckets.size > KEPT_MINUTES ? this.buckets.keys() : [];
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    this.#latestMinute = minute;
    this.#latest = bucket;
    return bucket;
  }
}
