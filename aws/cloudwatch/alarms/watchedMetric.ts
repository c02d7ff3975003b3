import type { InputReader } from "../../../engine/graph/inputReader";
import { unitOf } from "../measuredMetrics";
import type { Metric } from "../metric";
import { statistics, type Statistic } from "../metricStore";
import type { MetricQuery } from "./alarm";

/**
 * Reads which metric is watched, with its statistic and period in milliseconds.
 *
 * @param statisticProperty Called differently in an alarm and in its queries.
 * @returns undefined if the reader has a problem now
 */
export function readWatchedMetric(
  reader: InputReader,
  statisticProperty: "stat" | "statistic",
): (MetricQuery & { readonly period: number }) | undefined {
  const metric = readMetric(reader);
  const statistic = readStatistic(reader, statisticProperty);
  const seconds = reader.number("period") ?? 0;
  if (seconds <= 0 || seconds % 60 !== 0)
    reader.problem("period", `is ${seconds}; evaluated here: multiples of 60`);
  if (metric === undefined || statistic === undefined) return undefined;
  return { metric, statistic, period: seconds * 1000 };
}

function readMetric(reader: InputReader): Metric | undefined {
  const namespace = reader.text("namespace") ?? "";
  const name = reader.text("metricName") ?? "";
  const names = reader.group("dimensions").names;
  const dimensions = Object.fromEntries(
    names.map((dimension) => [dimension, reader.group("dimensions").text(dimension) ?? ""]),
  );
  const metric = { namespace, name, dimensions };
  const unit = unitOf(metric);
  if (unit === undefined) {
    const by = names.length > 0 ? ` by ${names.join(", ")}` : "";
    reader.problem("metricName", `is ${name} of ${namespace}${by}, which is not measured here`);
    return undefined;
  }
  const asked = reader.text("unit") ?? unit;
  if (asked !== unit)
    reader.problem("unit", `is ${asked}, in which there are no data: AWS publishes ${unit}`);
  return metric;
}

function readStatistic(reader: InputReader, property: string): Statistic | undefined {
  const text = reader.text(property);
  const statistic = statistics.find((one) => one === text);
  if (statistic === undefined)
    reader.problem(property, `is ${text ?? "not set"}; evaluated here: ${statistics.join(", ")}`);
  return statistic;
}
