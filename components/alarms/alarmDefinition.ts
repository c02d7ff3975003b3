import type { MetricSource } from "./metricSource";

/** What a pipeline's own thresholds and periods are computed from. */
export interface AlarmFacts {
  /** How long the stream keeps a record. */
  readonly retentionHours: number;
  /** How long Firehose buffers records, as its buffering hint says. */
  readonly bufferIntervalSeconds: number;
}

/** What CloudWatch compares with a threshold, period by period. */
export type Condition = {
  readonly source: MetricSource;
  readonly statistic: "Average" | "Maximum" | "Sum";
  /** Length of a period in seconds. */
  readonly period: (facts: AlarmFacts) => number;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  /** What a period without data counts as. */
  readonly missingData: "breaching" | "notBreaching" | "ignore" | "missing";
} & (
  | { readonly metric: string }
  | {
      /**
       * Metrics that are added up; a period without data counts as 0. CloudWatch else skips such a
       * period and looks at an older one, so that the periods need not follow each other.
       */
      readonly sumOf: readonly string[];
    }
);

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What must hold at the same time as an alarm's own condition. */
export interface Alongside {
  readonly condition: Condition;
  /** No setting. */
  readonly threshold: number;
  /** What the conditions are called: first the alarm's own, then this one. */
  readonly names: readonly [string, string];
}

/** One alarm: what it watches, what can be set about it, and what to tell about it. */
export interface AlarmDefinition {
  readonly condition: Condition;
  readonly alongside?: Alongside;
  /** The threshold of `condition` unless the settings say otherwise. */
  readonly threshold: (facts: AlarmFacts) => number;
  /** The default threshold in words. */
  readonly thresholdDefault: string;
  /** What the threshold counts; reads on after "a number of". */
  readonly unit: string;
  readonly thresholdRange: Range;
  /** How many periods, one after the other, unless the settings say otherwise. */
  readonly evaluationPeriods: number;
  readonly evaluationPeriodsRange: Range;
  /** One sentence: "Fires when ...". */
  readonly about: string;
  /** What to do when it fires. */
  readonly advice: string;
}
