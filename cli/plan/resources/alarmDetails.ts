import type { Properties, PropertyValue } from "../../../engine/graph/resourceGraph";
import { inputList, inputText } from "./inputValue";

/** The metric of an alarm with its statistic, or its expressions over several metrics. */
export function alarmMetric(inputs: Properties): string | undefined {
  const metric = inputText(inputs, "metricName");
  if (metric === undefined) return expressions(inputList(inputs, "metricQueries"));
  const statistic = inputText(inputs, "statistic") ?? inputText(inputs, "extendedStatistic");
  return statistic === undefined ? metric : `${metric} ${statistic}`;
}

/** Expressions with the names of metrics in place of their ids. */
function expressions(queries: readonly PropertyValue[]): string | undefined {
  const names = new Map(
    queries.map((query) => [inputText(query, "id"), inputText(query, "metric.metricName")]),
  );
  const named = queries.flatMap((query) => {
    const expression = inputText(query, "expression");
    return expression?.replace(/\b[a-z]\w*\b/g, (id) => names.get(id) ?? id) ?? [];
  });
  return named.join("; ") || undefined;
}

const OPERATORS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: ">=",
  GreaterThanThreshold: ">",
  LessThanOrEqualToThreshold: "<=",
  LessThanThreshold: "<",
};

/** The condition for the alarm state, e.g. `> 43200000`. */
export function alarmThreshold(inputs: Properties): string | undefined {
  const threshold = inputText(inputs, "threshold");
  const operator = inputText(inputs, "comparisonOperator");
  if (threshold === undefined || operator === undefined) return threshold;
  return `${OPERATORS[operator] ?? operator} ${threshold}`;
}

/** How many periods must breach the threshold, and their length, e.g. `3 of 5 x 60 s`. */
export function alarmPeriods(inputs: Properties): string | undefined {
  const periods = inputText(inputs, "evaluationPeriods");
  if (periods === undefined) return undefined;
  const datapoints = inputText(inputs, "datapointsToAlarm");
  const [query = null] = inputList(inputs, "metricQueries");
  const seconds = inputText(inputs, "period") ?? inputText(query, "metric.period");
  return [
    ...(datapoints === undefined || datapoints === periods ? [] : [`${datapoints} of`]),
    periods,
    ...(seconds === undefined ? [] : [`x ${seconds} s`]),
  ].join(" ");
}
