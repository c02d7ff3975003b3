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
export interface AdditionalCondition {
  readonly condition: Condition;
  /** No setting. */
  readonly threshold: number;
  /** What the conditions are called: first the alarm's own, then this one. */
  readonly names: readonly [string, string];
}

/** One alarm: what it watches, what can be set about it, and what to tell about it. */
export interface AlarmDefinition {
  readonly condition: Condition;
  readonly additionalCondition?: AdditionalCondition;
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

/** Whose metrics: their namespace in CloudWatch, and the dimension that tells one from the other. */
export const metricSources = {
  stream: { namespace: "AWS/Kinesis", dimension: "StreamName" },
  firehose: { namespace: "AWS/Firehose", dimension: "DeliveryStreamName" },
  errorLog: { namespace: "AWS/Logs", dimension: "LogGroupName" },
} as const;

export type MetricSource = keyof typeof metricSources;

/** Of the settings of a pipeline, those that default thresholds and periods follow from. */
export interface AlarmedPipeline {
  readonly stream: { readonly retentionHours: number };
  readonly delivery: { readonly bufferIntervalSeconds: number };
  readonly existing: { readonly streamArn?: string | undefined };
}

export function alarmFacts({ stream, delivery, existing }: AlarmedPipeline): AlarmFacts {
  const { bufferIntervalSeconds } = delivery;
  // How long an existing stream keeps records is not known: with the shortest period that there is,
  // the alarms come too early rather than too late.
  const retentionHours = existing.streamArn === undefined ? stream.retentionHours : 24;
  return { retentionHours, bufferIntervalSeconds };
}

/** Metric math. */
interface ZeroFilledSum {
  /** The metrics under the ids that the expression knows them by. */
  readonly queries: readonly { readonly id: string; readonly metric: string }[];
  readonly expression: string;
}

/**
 * Adds metrics up; a period without data counts as 0.
 *
 * @param prefix Begins the ids: lower-case letter first.
 */
export function zeroFilledSum(prefix: string, metrics: readonly string[]): ZeroFilledSum {
  const queries = metrics.map((metric, index) => ({ id: `${prefix}${index}`, metric }));
  return { queries, expression: queries.map(({ id }) => `FILL(${id}, 0)`).join(" + ") };
}
