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
  /** As CloudWatch knows it. */
  readonly name: string;
  /** As the program calls it. */
  readonly resource: string;
  /** A composite alarm names it, and without actions of its own it tells nobody anything else. */
  readonly isCondition: boolean;
}

/** What an alarm compares with its threshold: one number for each period. */
export interface WatchedValue {
  /** Metrics, and what is computed from them, by their ids. */
  readonly queries: Readonly<Record<string, MathExpression | MetricQuery>>;
  /** The id of the one that is compared. */
  readonly watched: string;
  /** In milliseconds, whole minutes. */
  readonly period: number;
}

export interface MetricCondition extends WatchedValue {
  readonly kind: "metric";
  readonly comparison: Comparison;
  readonly threshold: number;
  /** How many of the newest periods are looked at. */
  readonly evaluationPeriods: number;
  /** How many of them must breach the threshold. */
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

/** A metric of which each period yields one number. */
export interface MetricQuery {
  readonly metric: Metric;
  readonly statistic: Statistic;
}

/** The states of other alarms are combined. */
export interface CompositeCondition {
  readonly kind: "composite";
  /** Names alarms as CloudWatch knows them. */
  readonly rule: AlarmRule;
}

/** Nothing can be said about it on this machine. */
export interface Unevaluated {
  readonly kind: "unevaluated";
  /** e.g. "AWS/S3 5xxErrors is not measured here". */
  readonly reason: string;
}

/** What a period without data can count as. */
export const missingDataTreatments = ["breaching", "ignore", "missing", "notBreaching"] as const;

export type MissingData = (typeof missingDataTreatments)[number];

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
} satisfies Record<string, (value: number, threshold: number) => boolean>;

export type Comparison = keyof typeof comparisons;
