import {
  type AlarmFacts,
  type Condition,
  type MetricSource,
  metricSources,
  zeroFilledSum,
} from "./alarmDefinition";
import { type AlarmName, alarmDefinitions } from "./alarmDefinitions";
import type { AxisSide, Line, MetricRow, RowOptions, SizedWidget } from "./dashboardWidget";

/** Everything that a dashboard depends on. */
export interface DashboardFacts {
  readonly alarmFacts: AlarmFacts;
  readonly region: string;
  /** Names of the stream, the delivery stream and the log group. */
  readonly names: Readonly<Record<MetricSource, string>>;
  /**
   * Absent for an on-demand stream, and for an existing stream, whose number of shards is unknown.
   */
  readonly shardCount?: number | undefined;
  /** Thresholds of the alarms that are on. */
  readonly thresholds: Readonly<Partial<Record<AlarmName, number>>>;
  readonly alarmArns: readonly string[];
}

/** What a graph shows, and what to do when it crosses its line. */
type Title = readonly [what: string, todo: string];

/** The metrics of one or two alarms, with thresholds as lines: the first alarm on the left axis. */
export function alarmChart(
  facts: DashboardFacts,
  title: Title,
  ...alarms: readonly AlarmName[]
): SizedWidget {
  const side = (index: number): AxisSide => (index === 0 ? "left" : "right");
  return chart(
    facts,
    title,
    alarms.flatMap((alarm, index) => alarmRows(facts, alarm, side(index))),
    alarms.flatMap((alarm, index) => thresholdLine(facts, alarm, side(index))),
  );
}

/** A metric's rate per second, with the capacity of the shards as a line. */
export function rateChart(
  facts: DashboardFacts,
  what: string,
  source: MetricSource,
  metric: string,
  capacity?: number,
): SizedWidget {
  const perSecond = `${metric} per second`;
  // Kinesis publishes its metrics every minute, Firehose every 5 minutes.
  const total = {
    id: "total",
    stat: "Sum",
    period: source === "stream" ? 60 : 300,
    visible: false,
  };
  return chart(
    facts,
    [what, "near the line, add shards"],
    [
      metricRow(facts, source, metric, total),
      [{ id: "rate", expression: "total / PERIOD(total)", label: perSecond, yAxis: "left" }],
    ],
    capacity === undefined ? [] : [line("capacity of the shards", capacity, "above", "left")],
  );
}

function chart(
  { region }: DashboardFacts,
  [what, todo]: Title,
  metrics: readonly MetricRow[],
  lines: readonly Line[],
): SizedWidget {
  return {
    type: "metric",
    width: 6,
    height: 6,
    properties: {
      title: lines.length === 0 ? what : `${what}: ${todo}`,
      region,
      view: "timeSeries",
      metrics,
      yAxis: { left: { min: 0 }, right: { min: 0 } },
      annotations: { horizontal: lines },
    },
  };
}

function alarmRows(facts: DashboardFacts, alarm: AlarmName, side: AxisSide): readonly MetricRow[] {
  const { condition, additionalCondition } = alarmDefinitions[alarm];
  const conditions =
    additionalCondition === undefined ? [condition] : [condition, additionalCondition.condition];
  return conditions.flatMap((watched) => conditionRows(facts, watched, side));
}

/** With the statistic, period and sum of the alarm, so that graph and line can be compared. */
function conditionRows(
  facts: DashboardFacts,
  condition: Condition,
  yAxis: AxisSide,
): readonly MetricRow[] {
  const { source, statistic, period } = condition;
  const options = { stat: statistic, period: period(facts.alarmFacts) };
  if ("metric" in condition)
    return [metricRow(facts, source, condition.metric, { ...options, yAxis })];
  const { queries, expression } = zeroFilledSum(source, condition.sumOf);
  return [
    ...queries.map(({ id, metric }) =>
      metricRow(facts, source, metric, { ...options, id, visible: false }),
    ),
    [{ expression, label: condition.sumOf.join(" + "), yAxis }],
  ];
}

function metricRow(
  { names }: DashboardFacts,
  source: MetricSource,
  metric: string,
  options: RowOptions,
): MetricRow {
  const { namespace, dimension } = metricSources[source];
  return [namespace, metric, dimension, names[source], options];
}

function thresholdLine(
  { thresholds }: DashboardFacts,
  alarm: AlarmName,
  side: AxisSide,
): readonly Line[] {
  const value = thresholds[alarm];
  if (value === undefined) return [];
  const { comparison } = alarmDefinitions[alarm].condition;
  return [line(alarm, value, comparison === "GreaterThanThreshold" ? "above" : "below", side)];
}

function line(label: string, value: number, fill: Line["fill"], yAxis: AxisSide): Line {
  return { label, value, fill, yAxis, color: "#d62728" };
}
