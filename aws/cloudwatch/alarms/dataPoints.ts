import type { MetricStore } from "../metricStore";
import { comparisons, type MetricAlarm } from "./alarm";
import { mathValue, type TimeSeries } from "./mathValue";

/** How a period compares with the threshold of an alarm. */
export type DataPoint = "breaching" | "missing" | "within";

/**
 * How many more periods CloudWatch looks at than it needs, in case data are missing. The number is not
 * documented; in the examples it is two.
 */
const EXTRA_PERIODS = 2;

/**
 * The periods that an alarm looks at, oldest first. The newest period ends with the last complete
 * minute, not at a multiple of its length; an alarm is evaluated every minute.
 *
 * Source: Amazon CloudWatch User Guide, "Alarm evaluation" and "Alarm evaluation window".
 *
 * @param at end of the newest period, in milliseconds since 1970, at a full minute
 * @param known when the data end, at a full minute, at most `at`; periods that end later count as the
 *   period that ends then, as if it continued unchanged
 */
export function dataPoints(
  alarm: MetricAlarm,
  store: MetricStore,
  at: number,
  known: number,
): readonly DataPoint[] {
  const { queries, watched, period, comparison, threshold } = alarm;
  const count = evaluationRange(alarm);
  const ends = Array.from({ length: count }, (_, index) =>
    Math.min(at - (count - 1 - index) * period, known),
  );
  const seriesOf = (id: string): TimeSeries => {
    const query = queries[id];
    if (query === undefined) return [];
    if ("kind" in query) return mathValue(query, seriesOf, count);
    const { metric, statistic } = query;
    return ends.map((end) => store.statistic(metric, statistic, end - period, end));
  };
  return seriesOf(watched).map((value) => {
    if (value === undefined) return "missing";
    return comparisons[comparison](value, threshold) ? "breaching" : "within";
  });
}

/** How many periods an alarm looks at. */
export function evaluationRange({ evaluationPeriods }: MetricAlarm): number {
  return evaluationPeriods + EXTRA_PERIODS;
}

/** Whether the newest of some periods counts as breaching the threshold. */
export function newestBreaches(points: readonly DataPoint[], alarm: MetricAlarm): boolean {
  const newest = points.at(-1);
  return newest === "breaching" || (newest === "missing" && alarm.missingData === "breaching");
}
