import type { Metric, MetricDatum } from "./metric";

/** CloudWatch's statistics, but for the percentiles. */
export const statistics = ["Average", "Maximum", "Minimum", "SampleCount", "Sum"] as const;

export type Statistic = (typeof statistics)[number];

/** What the data of some time come to. */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** The data of one minute. */
interface MetricMinute extends StatisticSet {
  /** Its beginning, in milliseconds since 1970. */
  readonly at: number;
}

/** A metric with all minutes that have data, oldest first. */
export interface MetricSeries extends Metric {
  readonly minutes: readonly MetricMinute[];
}

export const MINUTE = 60_000;

/** Of each metric the newest so many minutes with data are kept: three days. */
const KEPT_MINUTES = 3 * 24 * 60;

type Bucket = { -readonly [Name in keyof StatisticSet]: StatisticSet[Name] };

interface Series {
  readonly metric: Metric;
  /** By the minute since 1970. */
  readonly buckets: Map<number, Bucket>;
}

/**
 * Metrics as CloudWatch keeps them: by the minute, as a set of statistics. Memory does not grow with
 * the number of data, only with that of metrics and minutes.
 */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  record({ namespace, name, dimensions, at, value }: MetricDatum): void {
    const key = keyOf(namespace, name, dimensions);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = { metric: { namespace, name, dimensions }, buckets: new Map() };
      this.#series.set(key, series);
    }
    addTo(series.buckets, Math.floor(at / MINUTE), value);
  }

  /**
   * A statistic over some minutes.
   *
   * @param from In milliseconds since 1970, at a full minute.
   * @param to As `from`; data of that moment are not in it any more.
   * @returns undefined without any data
   */
  statistic(metric: Metric, statistic: Statistic, from: number, to: number): number | undefined {
    const { namespace, name, dimensions } = metric;
    const series = this.#series.get(keyOf(namespace, name, dimensions));
    if (series === undefined) return undefined;
    const buckets: StatisticSet[] = [];
    for (let minute = Math.floor(from / MINUTE); minute < Math.floor(to / MINUTE); minute += 1) {
      const bucket = series.buckets.get(minute);
      if (bucket !== undefined) buckets.push(bucket);
    }
    return statisticOf(statistic, buckets);
  }

  /** All metrics that have data, in the order in which they came. */
  metrics(): readonly MetricSeries[] {
    return Array.from(this.#series.values(), ({ metric, buckets }) => ({
      ...metric,
      minutes: [...buckets]
        .sort(([one], [other]) => one - other)
        .map(([minute, bucket]) => ({ at: minute * MINUTE, ...bucket })),
    }));
  }
}

/** A statistic of all data in some sets; undefined without any. */
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
  // Time goes on while data are recorded, so that what came first is the oldest.
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
}

function keyOf(namespace: string, name: string, dimensions: Metric["dimensions"]): string {
  let key = `${namespace}\n${name}`;
  for (const dimension of Object.keys(dimensions).sort())
    key += `\n${dimension}\n${dimensions[dimension] ?? ""}`;
  return key;
}
