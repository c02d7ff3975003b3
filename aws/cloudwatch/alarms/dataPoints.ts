import type { MetricStore } from "../metricStore";
import { comparisons, type MetricAlarm } from "./alarm";
import { mathValue, type TimeSeries } from "./mathValue";

/** What an alarm thinks of a period. */
export type DataPoint = "breaching" | "missing" | "within";

/**
 * How many periods CloudWatch looks at beyond those that it needs, in case that data are missing. It
 * says no more than that there are some; in its examples there are two.
 */
const EXTRA_PERIODS = 2;

/**
 * The periods that an alarm looks at, oldest first. The newest one ends with the minute that is
 * over, whatever the clock says; an alarm looks again every minute.
 *
 * Source: Amazon CloudWatch User Guide, "Alarm evaluation" and "Alarm evaluation window".
 *
 * @param at End of the newest period, at a full minute.
 * @param known Until when there are data; as long as the newest period goes on as it is, those that
 *   end later are like the one that ends then. At a full minute, at most `at`.
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
