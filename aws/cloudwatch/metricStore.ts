import type { Metric, MetricDatum } from "./metric";

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

interface Series {
  readonly metric: Metric;
  /** By minutes since 1970. */
  readonly buckets: Map<number, Bucket>;
}

/** The metrics with the same namespace and dimensions, by name. */
type Group = Map<string, Series>;

/**
 * Stores metrics as CloudWatch does: a set of statistics per minute. Memory grows with the number of
 * metrics and minutes, not with that of values.
 */
export class MetricStore {
  readonly #groups = new Map<string, Group>();
  /** All series, in the order of their first value. */
  readonly #series: Series[] = [];
  /** The group of the last value: an event has values of several metrics of one group. */
  #last:
    { readonly dimensions: object; readonly namespace: string; readonly group: Group } | undefined;

  record({ namespace, name, dimensions, at, value }: MetricDatum): void {
    const group = this.#groupOf(namespace, dimensions);
    let series = group.get(name);
    if (series === undefined) {
      series = { metric: { namespace, name, dimensions }, buckets: new Map() };
      group.set(name, series);
      this.#series.push(series);
    }
    addTo(series.buckets, Math.floor(at / MINUTE), value);
  }

  #groupOf(namespace: string, dimensions: Metric["dimensions"]): Group {
    const last = this.#last;
    if (last?.dimensions === dimensions && last.namespace === namespace) return last.group;
    const key = keyOf(namespace, dimensions);
    const group: Group = this.#groups.get(key) ?? new Map<string, Series>();
    this.#groups.set(key, group);
    this.#last = { dimensions, namespace, group };
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
    const series = this.#groups.get(keyOf(namespace, dimensions))?.get(name);
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

function addTo(buckets: Map<number, Bucket>, minute: number, value: number): void {
  const bucket = buckets.get(minute);
  if (bucket !== undefined) {
    bucket.count += 1;
    bucket.sum += value;
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
    return;
  }
  buckets.set(minute, { count: 1, sum: value, min: value, max: value });
  if (buckets.size <= KEPT_MINUTES) return;
  // Values are recorded in the order of time, so the first bucket is the oldest.
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
}

function keyOf(namespace: string, dimensions: Metric["dimensions"]): string {
  let key = namespace;
  for (const dimension of Object.keys(dimensions).sort())
    key += `\n${dimension}\n${dimensions[dimension] ?? ""}`;
  return key;
}
