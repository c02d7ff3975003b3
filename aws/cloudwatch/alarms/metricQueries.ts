import type { InputReader } from "../../../engine/graph/inputReader";
import { type Metric, unitOf } from "../metric";
import { type Statistic, statistics } from "../metricStore";
import type { MetricQuery, WatchedValue } from "./alarm";
import { idsIn, type MathExpression, parseMathExpression } from "./mathExpression";

type WatchedMetric = MetricQuery & { readonly period: number };
type Queries = ReadonlyMap<string, MathExpression | WatchedMetric>;

/**
 * Reads the queries of an alarm: metrics, expressions of them, and which of these the alarm watches.
 *
 * @returns undefined if the reader has problems
 */
export function readMetricQueries(reader: InputReader): WatchedValue | undefined {
  const groups = reader.groups("metricQueries");
  const queries = new Map<string, MathExpression | WatchedMetric>();
  for (const group of groups) {
    const query = readQuery(group);
    if (query !== undefined) queries.set(group.text("id") ?? "", query);
  }
  const watched = groups.length === 1 ? groups : groups.filter((group) => group.flag("returnData"));
  if (watched.length !== 1)
    reader.problem("metricQueries", `set returnData on ${watched.length} queries; allowed: 1`);
  const id = watched[0]?.text("id") ?? "";
  if (reader.problems.size > 0) return undefined;
  const period = onlyPeriod(reader, metricsOf(reader, id, queries));
  return { queries: Object.fromEntries(queries), watched: id, period };
}

function readQuery(group: InputReader): MathExpression | WatchedMetric | undefined {
  if (group.names.includes("accountId")) group.problem("accountId", "is not evaluated here");
  const expression = group.text("expression");
  if (expression === undefined) return readWatchedMetric(group.group("metric"), "stat");
  try {
    return parseMathExpression(expression);
  } catch (error) {
    group.problem("expression", `is ${expression}: ${(error as Error).message}`);
    return undefined;
  }
}

/** The metrics from which the value of an id is computed. */
function metricsOf(
  reader: InputReader,
  id: string,
  queries: Queries,
  within: readonly string[] = [],
): readonly WatchedMetric[] {
  const query = queries.get(id);
  if (query === undefined || within.includes(id)) {
    const reason =
      query === undefined
        ? `have no id ${id}`
        : `have an expression that refers to itself (id ${id})`;
    reader.problem("metricQueries", reason);
    return [];
  }
  if (!("kind" in query)) return [query];
  return idsIn(query).flatMap((part) => metricsOf(reader, part, queries, [...within, id]));
}

/** Source: CloudWatch User Guide, "Alarms on math expressions": all metrics use the same period. */
function onlyPeriod(reader: InputReader, metrics: readonly WatchedMetric[]): number {
  const periods = [...new Set(metrics.map(({ period }) => period))];
  if (periods.length > 1)
    reader.problem(
      "metricQueries",
      `have periods of ${periods.map((period) => `${period / 1000} s`).join(" and ")}; allowed: one period`,
    );
  if (periods.length === 0) reader.problem("metricQueries", "do not use a metric");
  return periods[0] ?? 0;
}

/**
 * Reads which metric is watched, with its statistic and its period in milliseconds.
 *
 * @param statisticProperty has one name in an alarm and another in its queries
 * @returns undefined if the reader has problems
 */
export function readWatchedMetric(
  reader: InputReader,
  statisticProperty: "stat" | "statistic",
): WatchedMetric | undefined {
  const metric = readMetric(reader);
  const statistic = readStatistic(reader, statisticProperty);
  const seconds = reader.number("period") ?? 0;
  if (seconds <= 0 || seconds % 60 !== 0)
    reader.problem("period", `is ${seconds}; supported: multiples of 60`);
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
    reader.problem(
      "metricName",
      `is ${name} of ${namespace}${by}, which is not available in the local run`,
    );
    return undefined;
  }
  const requested = reader.text("unit") ?? unit;
  if (requested !== unit)
    reader.problem("unit", `is ${requested}, which has no data: AWS publishes ${unit}`);
  return metric;
}

function readStatistic(reader: InputReader, property: string): Statistic | undefined {
  const value = reader.text(property);
  const statistic = statistics.find((one) => one === value);
  if (statistic === undefined)
    reader.problem(property, `is ${value ?? "not set"}; supported: ${statistics.join(", ")}`);
  return statistic;
}
