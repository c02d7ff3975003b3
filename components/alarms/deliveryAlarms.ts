import type { AlarmDefinition } from "./alarmDefinition";
import {
  deliveryPeriod,
  fiveMinutes,
  longestDeliveryPeriod,
  quarterOfAnHour,
  withinADay,
} from "./periods";

const longestRetentionSeconds = 8760 * 3600;

const readErrorLog =
  "Read Firehose's error log (output logGroupName): it names the cause. Mostly the role (output " +
  "requiredPolicy), the bucket's policy or the key refuses.";

/**
 * Alarms on Firehose: how it reads the stream, writes the bucket, and what it complains of.
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
      // Missing when idle and when fully blocked: it says nothing, so what was known last stays.
      missingData: "ignore",
    },
    // AWS advises 900 seconds, the longest interval; whoever buffers for that long needs room for a
    // retry.
    threshold: ({ bufferIntervalSeconds }) => Math.max(900, 2 * bufferIntervalSeconds),
    thresholdDefault: "twice the buffer interval, but no less than 900",
    unit: "seconds",
    thresholdRange: { min: 60, max: longestRetentionSeconds },
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when records stay in Firehose for longer than buffering explains.",
    advice: readErrorLog,
  },
  deliveryStalled: {
    condition: {
      source: "stream",
      sumOf: ["IncomingRecords"],
      statistic: "Sum",
      period: deliveryPeriod,
      comparison: "GreaterThanThreshold",
      // No record ever arrived.
      missingData: "notBreaching",
    },
    additionalCondition: {
      condition: {
        source: "firehose",
        sumOf: ["DeliveryToS3.Records"],
        statistic: "Sum",
        period: deliveryPeriod,
        comparison: "LessThanThreshold",
        // No record was ever delivered.
        missingData: "breaching",
      },
      threshold: 1,
      names: ["records-arrive", "nothing-delivered"],
    },
    threshold: () => 0,
    thresholdDefault: "0, so that a single record counts",
    unit: "records that arrive per period",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 2,
    // In two periods all is delivered that arrived in the first; one would accuse a buffer that
    // fills.
    evaluationPeriodsRange: withinADay(longestDeliveryPeriod, 2),
    about: "Fires when records arrive in the stream, but none reaches the bucket.",
    advice: `The stream keeps the records until its retention period ends. ${readErrorLog}`,
  },
  deliverySuccess: {
    condition: {
      source: "firehose",
      metric: "DeliveryToS3.Success",
      statistic: "Average",
      period: fiveMinutes,
      comparison: "LessThanThreshold",
      // Missing between two attempts, which lie apart more and more while they fail.
      missingData: "ignore",
    },
    threshold: () => 0.99,
    thresholdDefault: "0.99",
    unit: "successful puts per put",
    thresholdRange: { min: 0.01, max: 1 },
    // Firehose tries again, so that a dip alone loses nothing.
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when too many of Firehose's writes to the bucket fail.",
    advice: `Firehose tries again until the records expire in the stream. ${readErrorLog}`,
  },
  behindLatest: {
    condition: {
      source: "firehose",
      metric: "KinesisMillisBehindLatest",
      statistic: "Maximum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Missing while Firehose does not read: it is no less behind than before.
      missingData: "ignore",
    },
    // Before the alarm on the iterator age, which may be another consumer's.
    threshold: ({ retentionHours }) => retentionHours * 900_000,
    thresholdDefault: "a quarter of the stream's retention period",
    unit: "milliseconds",
    thresholdRange: { min: 1000, max: longestRetentionSeconds * 1000 },
    evaluationPeriods: 3,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when Firehose, among the stream's consumers, is far behind its newest record.",
    advice:
      "Firehose reads no faster than it can write: if deliveries fail, mend them first. If it is " +
      "throttled, add shards or give other consumers enhanced fan-out.",
  },
  sourceThrottled: {
    condition: {
      source: "firehose",
      sumOf: ["ThrottledGetRecords", "ThrottledGetShardIterator", "ThrottledDescribeStream"],
      statistic: "Sum",
      period: quarterOfAnHour,
      comparison: "GreaterThanThreshold",
      // Nothing was ever throttled.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "throttled calls per quarter of an hour",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    // Firehose backs off and tries again: only what does not stop needs a hand.
    evaluationPeriods: 4,
    evaluationPeriodsRange: withinADay(900),
    about: "Fires when the stream does not stop throttling Firehose.",
    advice:
      "Firehose shares 5 reads and 2 MB per second and shard with all other consumers: add " +
      "shards, or give the other consumers enhanced fan-out.",
  },
  deliveryErrors: {
    condition: {
      source: "errorLog",
      metric: "IncomingLogEvents",
      statistic: "Sum",
      period: fiveMinutes,
      comparison: "GreaterThanThreshold",
      // Firehose logs nothing but errors.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "log events per five minutes",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 1,
    evaluationPeriodsRange: withinADay(300),
    about: "Fires when Firehose writes to its error log.",
    advice: readErrorLog,
  },
} satisfies Record<string, AlarmDefinition>;
