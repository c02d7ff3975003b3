import type { AlarmDefinition } from "./alarmDefinition";
import {
  deliveryPeriod,
  fifteenMinutes,
  fiveMinutes,
  longestDeliveryPeriod,
  withinADay,
} from "./periods";

const longestRetentionSeconds = 8760 * 3600;

const readErrorLog =
  "See Firehose's error log (output logGroupName) for the cause. Usually the role lacks a " +
  "permission (output requiredPolicy), or the policy of the bucket or key denies access.";

/**
 * Alarms on Firehose: its reads of the stream, its writes to the bucket, and its error log.
 *
 * Source: Amazon Data Firehose Developer Guide, "Monitoring with CloudWatch metrics", "Best
 * practices with CloudWatch alarms" and "Data freshness metric increasing or not emitted".
 */
export const deliveryAlarms = {
  dataFreshness: {
    condition: {
      source: "firehose",
      metric: "DeliveryToS3.DataFreshness",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Missing both when Firehose is idle and when it is fully blocked, so keep the last state.
      missingData: "ignore",
    },
    // AWS recommends 900 seconds, the longest buffer interval; with an interval that long, there
    // must be time for a retry.
    threshold: ({ bufferIntervalSeconds }) => Math.max(900, 2 * bufferIntervalSeconds),
    thresholdDefault: "twice the buffer interval, at least 900",
    unit: "seconds",
    thresholdRange: { min: 60, max: longestRetentionSeconds },
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when records stay in Firehose longer than buffering explains.",
    advice: readErrorLog,
    command: "diagnose",
  },
  deliveryStalled: {
    condition: {
      source: "stream",
      sumOf: ["IncomingRecords"],
      statistic: "Sum",
      period: deliveryPeriod,
      comparison: "GreaterThanThreshold",
      // No record has ever arrived.
      missingData: "notBreaching",
    },
    additionalCondition: {
      condition: {
        source: "firehose",
        sumOf: ["DeliveryToS3.Records"],
        statistic: "Sum",
        period: deliveryPeriod,
        comparison: "LessThanThreshold",
        // No record has ever been delivered.
        missingData: "breaching",
      },
      threshold: 1,
      names: ["records-arrive", "nothing-delivered"],
    },
    threshold: () => 0,
    thresholdDefault: "0 (a single record is enough)",
    unit: "arriving records per period",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 2,
    // What arrived in the first of two periods is delivered by the end of the second. With one
    // period, the alarm would fire while a buffer fills.
    evaluationPeriodsRange: withinADay(longestDeliveryPeriod, 2),
    about: "Fires when records arrive in the stream, but none reach the bucket.",
    advice: `The stream keeps the records until its retention period ends. ${readErrorLog}`,
    command: "diagnose",
  },
  deliverySuccess: {
    condition: {
      source: "firehose",
      metric: "DeliveryToS3.Success",
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
    // Firehose retries, so a short dip does not lose records.
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when too many of Firehose's writes to the bucket fail.",
    advice: `Firehose retries until the records expire in the stream. ${readErrorLog}`,
    command: "diagnose",
  },
  behindLatest: {
    condition: {
      source: "firehose",
      metric: "KinesisMillisBehindLatest",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Missing while Firehose does not read: it does not catch up then.
      missingData: "ignore",
    },
    // Lower than the threshold of iteratorAge, which can be the age of another consumer.
    threshold: ({ retentionHours }) => retentionHours * 900_000,
    thresholdDefault: "a quarter of the stream's retention period",
    unit: "milliseconds",
    thresholdRange: { min: 1000, max: longestRetentionSeconds * 1000 },
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when Firehose is far behind the newest record of the stream.",
    advice:
      "Firehose reads no faster than it can write: if deliveries fail, fix them first. If Firehose " +
      "is throttled, add shards or give the other consumers enhanced fan-out.",
    command: "diagnose",
  },
  sourceThrottled: {
    condition: {
      source: "firehose",
      sumOf: ["ThrottledGetRecords", "ThrottledGetShardIterator", "ThrottledDescribeStream"],
      statistic: "Sum",
      period: fifteenMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose has never been throttled.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "throttled calls per 15 minutes",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    // Firehose backs off and retries: only throttling that does not stop needs attention.
    evaluationPeriods: 4,
    evaluationPeriodsRange: withinADay(900),
    about: "Fires when the stream keeps throttling Firehose.",
    advice:
      "Firehose and all other consumers share 5 reads and 2 MB per second and shard: add shards, " +
      "or give the other consumers enhanced fan-out.",
    command: "diagnose",
  },
  deliveryErrors: {
    condition: {
      source: "errorLog",
      metric: "IncomingLogEvents",
      statistic: "Sum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose only logs errors.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "log events per 5 minutes",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 1,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when Firehose writes to its error log.",
    advice: readErrorLog,
    command: "diagnose",
  },
} satisfies Record<string, AlarmDefinition>;
