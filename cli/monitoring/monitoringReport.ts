import { statisticOf, type Statistic } from "../../aws/cloudwatch/metricStore";
import type { MeasuredMetric, MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { byteSize, grouped } from "../../records/amounts";
import { groupedBy } from "../reports/groupedBy";
import { printable } from "../reports/printable";
import { factLines, section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";
import { alarmLines } from "./alarmLines";
import { errorLogLines } from "./errorLogLines";

/** What CloudWatch would show of a run: lines of at most 80 columns for the end of a report. */
export function monitoringReport(snapshot: MonitoringSnapshot, colors: Colors): string[] {
  return [
    ...section("Metrics", metricLines(snapshot.metrics), colors),
    ...section("Error log", errorLogLines(snapshot, colors), colors),
    ...section("Alarms", alarmLines(snapshot, colors), colors),
  ];
}

/** 80, less the indent of the section. */
const COLUMNS = 78;

/** All metrics of a run, grouped by resource, each with its most useful statistic. */
function metricLines(metrics: readonly MeasuredMetric[]): string[] {
  if (metrics.length === 0) return ["no data"];
  return groupedBy(metrics, resourceOf)
    .sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([resource, measured]) => [
      ...wrapHard(printable(resource), COLUMNS),
      ...factLines(
        [...measured].sort((one, other) => one.name.localeCompare(other.name)).map(fact),
      ).map((line) => `  ${line}`),
    ]);
}

/** e.g. `AWS/Firehose, DeliveryStreamName user-events`. */
function resourceOf({ namespace, dimensions }: MeasuredMetric): string {
  const values = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return [namespace, ...values].join(", ");
}

function fact(metric: MeasuredMetric): [name: string, value: string] {
  const statistic = statisticFor(metric);
  const value = statisticOf(statistic, metric.minutes) ?? 0;
  return [metric.name, `${statistic.padEnd("Maximum".length)}  ${shown(metric, value)}`];
}

/** The mean of a ratio, the worst of several times, and otherwise the sum. */
function statisticFor(metric: MeasuredMetric): Statistic {
  if (isRatio(metric)) return "Average";
  return metric.unit === "Seconds" || metric.unit === "Milliseconds" ? "Maximum" : "Sum";
}

function shown(metric: MeasuredMetric, value: number): string {
  // Rounded down, so that 100 % means that nothing failed.
  if (isRatio(metric)) return `${Math.floor(value * 10_000) / 100} %`;
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

function isRatio({ name }: MeasuredMetric): boolean {
  return name.endsWith(".Success");
}
