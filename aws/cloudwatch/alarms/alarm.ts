import type { Metric } from "../metric";
import type { Statistic } from "../metricStore";
import type { AlarmRule } from "./alarmRule";
import type { MathExpression } from "./mathExpression";

/** An alarm that a program declares. */
export type Alarm = MetricAlarm | CompositeAlarm | UnevaluatedAlarm;

export type MetricAlarm = NamedAlarm & MetricCondition;
export type CompositeAlarm = NamedAlarm & CompositeCondition;
type UnevaluatedAlarm = NamedAlarm & Unevaluated;

export interface NamedAlarm {
  /** Name in CloudWatch. */
  readonly name: string;
  /** Name of the resource in the program. */
  readonly resource: string;
  /** As declared; absent if there is none. */
  readonly description?: string;
  /** Whether it only serves as a condition: a composite alarm names it, and it has no actions. */
  readonly isCondition: boolean;
}

/** The value that an alarm compares with its threshold: one number per period. */
export interface WatchedValue {
  /** Metrics, and expressions of them, by their ids. */
  readonly queries: Readonly<Record<string, MathExpression | MetricQuery>>;
  /** The id of the query that is compared. */
  readonly watched: string;
  /** In milliseconds, whole minutes. */
  readonly period: number;
}

export interface MetricCondition extends WatchedValue {
  readonly kind: "metric";
  readonly comparison: Comparison;
  readonly threshold: number;
  /** How many of the newest periods are evaluated. */
  readonly evaluationPeriods: number;
  /** How many of them must breach the threshold. */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** A metric with the statistic that yields one number per period. */
export interface MetricQuery {
  readonly metric: Metric;
  readonly statistic: Statistic;
}

/** Combines the states of other alarms. */
export interface CompositeCondition {
  readonly kind: "composite";
  /** Refers to alarms by their names in CloudWatch. */
  readonly rule: AlarmRule;
}

/** An alarm that cannot be evaluated on this machine. */
export interface Unevaluated {
  readonly kind: "unevaluated";
  /** E.g. "period is 10; supported: multiples of 60". */
  readonly reason: string;
}

/** How a period without data can count. */
export const missingDataTreatments = ["breaching", "ignore", "missing", "notBreaching"] as const;

export type MissingData = (typeof missingDataTreatments)[number];

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
} satisfies Record<string, (value: number, threshold: number) => boolean>;

export type Comparison = keyof typeof comparisons;
