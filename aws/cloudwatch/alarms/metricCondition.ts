import { InputReader } from "../../../engine/graph/inputReader";
import type { Properties } from "../../../engine/graph/resourceGraph";
import {
  type Comparison,
  comparisons,
  type MetricCondition,
  type MissingData,
  missingDataTreatments,
  type WatchedValue,
} from "./alarm";
import { readMetricQueries, readWatchedMetric } from "./metricQueries";

const DAY = 86_400_000;

/** Inputs that change how CloudWatch evaluates an alarm. */
const unsupportedInputs = [
  "evaluationCriteria",
  "evaluationInterval",
  "extendedStatistic",
  "thresholdMetricId",
  "warmUpConfiguration",
];

/**
 * What a metric alarm watches, and when it fires.
 *
 * @throws one error with all reasons why the alarm cannot be evaluated here
 */
export function metricCondition(inputs: Properties): MetricCondition {
  const reader = new InputReader(inputs);
  for (const name of unsupportedInputs)
    if (reader.names.includes(name)) reader.problem(name, "is not evaluated here");
  const watched = readWatched(reader);
  const evaluationPeriods = required(reader, "evaluationPeriods");
  const condition = {
    kind: "metric",
    comparison: oneOf(reader, "comparisonOperator", Object.keys(comparisons) as Comparison[]),
    threshold: required(reader, "threshold"),
    evaluationPeriods,
    datapointsToAlarm: reader.number("datapointsToAlarm") ?? evaluationPeriods,
    missingData: treatment(reader),
  } as const;
  if (watched !== undefined && watched.period * evaluationPeriods > DAY)
    reader.problem("evaluationPeriods:", "windows longer than a day are not supported");
  if (watched === undefined || reader.problems.size > 0)
    throw new Error([...reader.problems].join("; "));
  return { ...condition, ...watched };
}

function readWatched(reader: InputReader): WatchedValue | undefined {
  if (reader.names.includes("metricQueries")) return readMetricQueries(reader);
  const watched = readWatchedMetric(reader, "statistic");
  if (watched === undefined) return undefined;
  const { period, ...query } = watched;
  return { queries: { metric: query }, watched: "metric", period };
}

function required(reader: InputReader, name: string): number {
  if (!reader.names.includes(name)) reader.problem(name, "is not set");
  return reader.number(name) ?? 0;
}

function treatment(reader: InputReader): MissingData {
  if (!reader.names.includes("treatMissingData")) return "missing";
  return oneOf(reader, "treatMissingData", missingDataTreatments);
}

/** Any other value is a problem, and the first allowed one takes its place. */
function oneOf<T extends string>(reader: InputReader, name: string, allowed: readonly T[]): T {
  const value = reader.text(name);
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    reader.problem(name, `is ${value ?? "not set"}; supported: ${allowed.join(", ")}`);
  return found ?? (allowed[0] as T);
}
