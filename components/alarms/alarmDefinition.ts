import { featuresOf } from "../settings/features";

/** One alarm: what it watches, which of its values are settings, and how it is described. */
export interface AlarmDefinition {
  readonly condition: Condition;
  /** The feature whose metrics it watches: without it, there is no such alarm. Absent for all pipelines. */
  readonly feature?: AlarmedFeature;
  readonly additionalCondition?: AdditionalCondition;
  /** Default threshold of `condition`. */
  readonly threshold: (facts: AlarmFacts) => number;
  /** The default threshold in words. */
  readonly thresholdDefault: string;
  /** Unit of the threshold; completes "a number of". */
  readonly unit: string;
  readonly thresholdRange: Range;
  /** Default number of consecutive periods that must breach the threshold. */
  readonly evaluationPeriods: number;
  readonly evaluationPeriodsRange: Range;
  /** One sentence: "Fires when ...". */
  readonly about: string;
  /** What to do when it fires. */
  readonly advice: string;
  /** The command of `streamlake` that looks into it, with its options except the stack. */
  readonly command: string;
}

/** The description of the alarm in AWS, where it is all that somebody who is called at night sees. */
export function alarmDescription(
  { about, advice, command }: AlarmDefinition,
  stack: string,
): string {
  return `${about} ${advice} To look into it: npx streamlake ${command} --stack ${stack}`;
}

/** What CloudWatch compares with a threshold in each period. */
export type Condition = {
  readonly source: MetricSource;
  readonly statistic: "Average" | "Maximum" | "Sum";
  /** Length of a period in seconds. */
  readonly period: (facts: AlarmFacts) => number;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  /** How CloudWatch evaluates a period without data. */
  readonly missingData: "breaching" | "notBreaching" | "ignore" | "missing";
} & (
  | { readonly metric: string }
  | {
      /**
       * Metrics that are added up; a period without data counts as 0. Otherwise CloudWatch would
       * skip such a period and use an older one, so that the periods need not be consecutive.
       */
      readonly sumOf: readonly string[];
    }
);

/** A condition that must be met at the same time as the alarm's own. */
export interface AdditionalCondition {
  readonly condition: Condition;
  /** Fixed, not a setting. */
  readonly threshold: number;
  /** Names of the two conditions: first the alarm's own, then this one. */
  readonly names: readonly [string, string];
}

/** The values that a setting allows, both ends included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Namespace of each source's metrics in CloudWatch, and the dimension that identifies the source.
 */
export const metricSources = {
  stream: { namespace: "AWS/Kinesis", dimension: "StreamName" },
  firehose: { namespace: "AWS/Firehose", dimension: "DeliveryStreamName" },
  errorLog: { namespace: "AWS/Logs", dimension: "LogGroupName" },
} as const;

export type MetricSource = keyof typeof metricSources;

/** Features of Firehose with metrics of their own. */
export type AlarmedFeature = "partitioning" | "transform" | "conversion" | "backup";

/** What the default thresholds and the periods of a pipeline's alarms are computed from. */
export interface AlarmFacts {
  /** Retention period of the stream. */
  readonly retentionHours: number;
  /** Buffer interval of the delivery stream. */
  readonly bufferIntervalSeconds: number;
  /** Buffer interval of the backup. */
  readonly backupIntervalSeconds: number;
  /** The features that are on. */
  readonly features: readonly AlarmedFeature[];
}

/** The settings of a pipeline that its {@link AlarmFacts} depend on. */
export interface AlarmedPipeline {
  readonly stream: { readonly retentionHours: number };
  readonly delivery: { readonly bufferIntervalSeconds: number };
  readonly existing: { readonly streamArn?: string | undefined };
  readonly backup: { readonly bufferIntervalSeconds: number };
}

export function alarmFacts(settings: AlarmedPipeline): AlarmFacts {
  const { stream, delivery, existing, backup } = settings;
  const { bufferIntervalSeconds } = delivery;
  // The retention period of an existing stream is unknown. With 24 hours, the minimum that Kinesis
  // allows, the alarms fire too early rather than too late.
  const retentionHours = existing.streamArn === undefined ? stream.retentionHours : 24;
  return {
    retentionHours,
    bufferIntervalSeconds,
    backupIntervalSeconds: backup.bufferIntervalSeconds,
    features: alarmedFeatures(settings),
  };
}

/** The features with alarms that settings turn on. */
export function alarmedFeatures(settings: object): readonly AlarmedFeature[] {
  const { partitions, transforms, format, backsUp } = featuresOf(settings);
  const all: readonly (readonly [AlarmedFeature, boolean])[] = [
    ["partitioning", partitions],
    ["transform", transforms],
    ["conversion", format !== undefined],
    ["backup", backsUp],
  ];
  return all.flatMap(([feature, isOn]) => (isOn ? [feature] : []));
}

/** A sum in CloudWatch metric math. */
interface ZeroFilledSum {
  /** The metrics, with the ids that the expression refers to. */
  readonly queries: readonly { readonly id: string; readonly metric: string }[];
  readonly expression: string;
}

/**
 * Adds up metrics; a period without data counts as 0.
 *
 * @param prefix start of the ids; must begin with a lowercase letter
 */
export function zeroFilledSum(prefix: string, metrics: readonly string[]): ZeroFilledSum {
  const queries = metrics.map((metric, index) => ({ id: `${prefix}${index}`, metric }));
  return { queries, expression: queries.map(({ id }) => `FILL(${id}, 0)`).join(" + ") };
}
