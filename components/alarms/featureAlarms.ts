import type { AlarmDefinition } from "./alarmDefinition";
import { fiveMinutes, withinADay } from "./periods";

const readFailedRecords =
  "The records are under the error prefix (output errorPrefix), each with the reason.";

const common = { evaluationPeriodsRange: withinADay(300) } as const;

/**
 * Alarms on the metrics of features: partitions, the function, the conversion, the backup.
 *
 * Source: Amazon Data Firehose Developer Guide, "Monitoring with CloudWatch metrics", and "Quota" for
 * the number of partitions.
 */
export const featureAlarms = {
  partitionsExceeded: {
    ...common,
    feature: "partitioning",
    condition: {
      source: "firehose",
      metric: "PartitionCountExceeded",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose has no partitions.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "1 beyond the limit, otherwise 0",
    thresholdRange: { min: 0, max: 1 },
    evaluationPeriods: 1,
    about: "Fires when there are more active partitions than the account's limit.",
    advice: `Use keys with fewer values, a shorter buffer interval, or a higher quota. ${readFailedRecords}`,
    command: "verify",
  },
  activePartitions: {
    ...common,
    feature: "partitioning",
    condition: {
      source: "firehose",
      metric: "PartitionCount",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose has no partitions.
      missingData: "notBreaching",
    },
    threshold: () => 400,
    thresholdDefault: "400: 80% of the default quota of 500",
    unit: "active partitions",
    thresholdRange: { min: 1, max: 1_000_000 },
    evaluationPeriods: 1,
    about: "Fires when the number of active partitions approaches the account's limit.",
    advice:
      "Use keys with fewer values, or a shorter buffer interval. With a higher quota, raise the threshold.",
    command: "diagnose",
  },
  transformSuccess: {
    ...common,
    feature: "transform",
    condition: {
      source: "firehose",
      metric: "ExecuteProcessing.Success",
      statistic: "Average",
      period: fiveMinutes,
      comparison: "LessThanThreshold",
      // Missing while there is nothing to transform.
      missingData: "ignore",
    },
    threshold: () => 0.99,
    thresholdDefault: "0.99",
    unit: "successful calls (ratio, 0-1)",
    thresholdRange: { min: 0.01, max: 1 },
    // Firehose retries, so a short dip does not lose records.
    evaluationPeriods: 3,
    about: "Fires when too many calls of the function fail.",
    advice: `See the log of the function. After transform.retries, ${readFailedRecords.replace("The", "the")}`,
    command: "verify",
  },
  transformDuration: {
    ...common,
    feature: "transform",
    condition: {
      source: "firehose",
      metric: "ExecuteProcessing.Duration",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Missing while there is nothing to transform.
      missingData: "notBreaching",
    },
    threshold: () => 240_000,
    thresholdDefault: "240000: 80% of the 5 minutes that Firehose waits",
    unit: "milliseconds",
    thresholdRange: { min: 1, max: 300_000 },
    evaluationPeriods: 3,
    about: "Fires when the function takes almost as long as Firehose waits.",
    advice: "Lower transform.bufferSizeMiB, or give the function more memory.",
    command: "diagnose",
  },
  failedConversions: {
    ...common,
    feature: "conversion",
    condition: {
      source: "firehose",
      metric: "FailedConversion.Records",
      statistic: "Sum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose has converted nothing.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "records per 5 minutes",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 1,
    about: "Fires when records do not fit the columns of the table.",
    advice: readFailedRecords,
    command: "verify",
  },
  backupFreshness: {
    ...common,
    feature: "backup",
    condition: {
      source: "firehose",
      metric: "BackupToS3.DataFreshness",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Missing both when Firehose is idle and when it is fully blocked, so keep the last state.
      missingData: "ignore",
    },
    threshold: ({ backupIntervalSeconds }) => Math.max(900, 2 * backupIntervalSeconds),
    thresholdDefault: "twice the backup's buffer interval, at least 900",
    unit: "seconds",
    thresholdRange: { min: 60, max: 8760 * 3600 },
    evaluationPeriods: 3,
    about: "Fires when source records stay in Firehose longer than buffering explains.",
    advice:
      "See Firehose's error log (output logGroupName), log stream BackupDelivery, for the cause.",
    command: "diagnose",
  },
  backupSuccess: {
    ...common,
    feature: "backup",
    condition: {
      source: "firehose",
      metric: "BackupToS3.Success",
      statistic: "Average",
      period: fiveMinutes,
      comparison: "LessThanThreshold",
      // Missing between two attempts, and while they fail, the time between them grows.
      missingData: "ignore",
    },
    threshold: () => 0.99,
    thresholdDefault: "0.99",
    unit: "successful puts (ratio, 0-1)",
    thresholdRange: { min: 0.01, max: 1 },
    evaluationPeriods: 3,
    about: "Fires when too many of Firehose's writes to the backup's bucket fail.",
    advice:
      "See Firehose's error log (output logGroupName), log stream BackupDelivery, for the cause.",
    command: "diagnose",
  },
} satisfies Record<string, AlarmDefinition>;
