import type { Properties } from "../../../engine/graph/resourceGraph";
import { InputReader } from "../../../engine/graph/inputReader";
import {
  comparisons,
  missingDataTreatments,
  type Comparison,
  type MetricCondition,
  type MissingData,
  type WatchedValue,
} from "./alarm";
import { readMetricQueries, readWatchedMetric } from "./metricQueries";

const DAY = 86_400_000;

/** What lets CloudWatch judge in another way than it is done here. */
const otherWays = [
  "evaluationCriteria",
  "evaluationInterval",
  "extendedStatistic",
  "thresholdMetricId",
  "warmUpConfiguration",
];

/**
 * What a metric alarm watches, and when it fires.
 *
 * @throws one error with all that keeps it from being evaluated here
 */
export function metricCondition(inputs: Properties): MetricCondition {
  const reader = new InputReader(inputs);
  for (const name of otherWays)
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
    reader.problem("evaluationPeriods", "look back for more than a day, which is not done here");
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

/** Any of the allowed ones if there is a problem: nobody will see it. */
function oneOf<T extends string>(reader: InputReader, name: string, allowed: readonly T[]): T {
  const text = reader.text(name);
  const found = allowed.find((one) => one === text);
  if (found === undefined)
    reader.problem(name, `is ${text ?? "not set"}; evaluated here: ${allowed.join(", ")}`);
  return found ?? (allowed[0] as T);
}
