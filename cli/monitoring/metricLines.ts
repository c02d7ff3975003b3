import type { MeasuredMetric } from "../../local/monitoring/monitoring";
import { statisticOf, type Statistic } from "../../aws/cloudwatch/metricStore";
import { byteSize, grouped } from "../reports/amounts";
import { factLines } from "../reports/factLines";
import { groupedBy } from "../reports/groupedBy";
import { wrapHard } from "../reports/wrapText";

/** Beside the indent of the section. */
const COLUMNS = 78;

/** All metrics with the statistic that tells most of a whole run, those of one thing together. */
export function metricLines(metrics: readonly MeasuredMetric[]): string[] {
  if (metrics.length === 0) return ["none has data"];
  return groupedBy(metrics, thingOf)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([thing, measured]) => [
      ...wrapHard(thing, COLUMNS),
      ...factLines(
        [...measured].sort((one, other) => one.name.localeCompare(other.name)).map(fact),
      ).map((line) => `  ${line}`),
    ]);
}

/** e.g. `AWS/Firehose, DeliveryStreamName user-events`. */
function thingOf({ namespace, dimensions }: MeasuredMetric): string {
  const values = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return [namespace, ...values].join(", ");
}

function fact(metric: MeasuredMetric): [name: string, value: string] {
  const statistic = telling(metric);
  const value = statisticOf(statistic, metric.minutes) ?? 0;
  return [metric.name, `${statistic.padEnd("Maximum".length)}  ${shown(metric, value)}`];
}

/** A share is averaged, of times the worst one counts, and all else is added up. */
function telling(metric: MeasuredMetric): Statistic {
  if (isShare(metric)) return "Average";
  return metric.unit === "Seconds" || metric.unit === "Milliseconds" ? "Maximum" : "Sum";
}

function shown(metric: MeasuredMetric, value: number): string {
  // Rounded down: 100 % means that nothing failed.
  if (isShare(metric)) return `${Math.floor(value * 10_000) / 100} %`;
  switch (metric.unit) {
    case "Bytes":
      return byteSize(value);
    case "Seconds":
      return `${value.toFixed(1)} s`;
    case "Milliseconds":
      return `${grouped(Math.round(value))} ms`;
    case "Count":
    case "None":
      return grouped(value);
  }
}

function isShare({ name }: MeasuredMetric): boolean {
  return name.endsWith(".Success");
}
