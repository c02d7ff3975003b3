import type { AlarmDefinition } from "./alarmDefinition";
import { minute, withinADay } from "./periods";

const longestRetentionMilliseconds = 8760 * 3_600_000;

/**
 * Alarms on the Kinesis data stream.
 *
 * Source: Amazon CloudWatch User Guide, "Best practice alarm recommendations for AWS services",
 * Kinesis Data Streams: metrics, statistics, periods and evaluation periods.
 */
export const streamAlarms = {
  iteratorAge: {
    condition: {
      source: "stream",
      metric: "GetRecords.IteratorAgeMilliseconds",
      statistic: "Maximum",
      period: minute,
      comparison: "GreaterThanThreshold",
      // Missing while there are no reads: a reader that was behind is still behind. AWS recommends
      // "breaching", which would fire on every new stream before its first read.
      missingData: "ignore",
    },
    // Leaves half of the retention period to fix the reader.
    threshold: ({ retentionHours }) => retentionHours * 1_800_000,
    thresholdDefault: "half of the stream's retention period",
    unit: "milliseconds",
    thresholdRange: { min: 1000, max: longestRetentionMilliseconds },
    evaluationPeriods: 15,
    evaluationPeriodsRange: withinADay(60),
    about:
      "Fires when the slowest reader of the stream is so far behind that records may expire unread.",
    advice:
      "If Firehose is behind, its own alarms show the cause; otherwise another consumer is behind. " +
      "To gain time, raise stream.retentionHours, which also applies to existing records.",
    command: "diagnose",
  },
  writesThrottled: {
    condition: {
      source: "stream",
      metric: "WriteProvisionedThroughputExceeded",
      statistic: "Average",
      period: minute,
      comparison: "GreaterThanThreshold",
      // Missing while there are no writes, and then nothing is throttled.
      missingData: "notBreaching",
    },
    threshold: () => 0.01,
    thresholdDefault: "0.01",
    unit: "throttled records per call",
    // A call puts up to 500 records.
    thresholdRange: { min: 0, max: 500 },
    evaluationPeriods: 5,
    evaluationPeriodsRange: withinADay(60),
    about: "Fires when producers write more than the stream can take.",
    advice:
      "Producers must resend rejected records, or they are lost. Add shards, or remove " +
      "stream.shardCount to scale on demand; if one shard is hot, spread the partition keys.",
    command: "diagnose",
  },
  readsThrottled: {
    condition: {
      source: "stream",
      metric: "ReadProvisionedThroughputExceeded",
      statistic: "Average",
      period: minute,
      comparison: "GreaterThanThreshold",
      // Missing while there are no reads, and then nothing is throttled.
      missingData: "notBreaching",
    },
    threshold: () => 0.01,
    thresholdDefault: "0.01",
    unit: "throttled calls (ratio, 0-1)",
    thresholdRange: { min: 0, max: 0.99 },
    evaluationPeriods: 5,
    evaluationPeriodsRange: withinADay(60),
    about: "Fires when consumers read more than the stream can provide.",
    advice:
      "Firehose and all other consumers share 5 reads and 2 MB per second and shard: add shards, " +
      "or give the other consumers enhanced fan-out.",
    command: "diagnose",
  },
  putRecordSuccess: {
    condition: {
      source: "stream",
      metric: "PutRecord.Success",
      statistic: "Average",
      period: minute,
      comparison: "LessThanThreshold",
      // Without calls, there is no success rate to evaluate.
      missingData: "missing",
    },
    threshold: () => 0.99,
    thresholdDefault: "0.99",
    unit: "successful calls (ratio, 0-1)",
    thresholdRange: { min: 0.01, max: 1 },
    evaluationPeriods: 5,
    evaluationPeriodsRange: withinADay(60),
    about: "Fires when too many PutRecord calls fail.",
    advice:
      "Failed records are lost unless producers resend them. The producers' errors show whether the " +
      "stream is throttled, or whether a permission on stream or key is missing (output " +
      "producerPolicy).",
    command: "diagnose",
  },
  putRecordsFailed: {
    condition: {
      source: "stream",
      metric: "PutRecords.FailedRecords",
      statistic: "Sum",
      period: minute,
      comparison: "GreaterThanThreshold",
      // Missing while there are no PutRecords calls, and then nothing fails.
      missingData: "notBreaching",
    },
    threshold: () => 0,
    thresholdDefault: "0",
    unit: "records per minute",
    thresholdRange: { min: 0, max: 1_000_000_000 },
    evaluationPeriods: 5,
    evaluationPeriodsRange: withinADay(60),
    about: "Fires when PutRecords calls keep failing for some of their records.",
    advice:
      "Such a call succeeds as a whole: producers must check FailedRecordCount and resend those " +
      "records, or they are lost. Usually the stream is throttled.",
    command: "diagnose",
  },
  getRecordsSuccess: {
    condition: {
      source: "stream",
      metric: "GetRecords.Success",
      statistic: "Average",
      period: minute,
      comparison: "LessThanThreshold",
      // Without calls, there is no success rate to evaluate.
      missingData: "missing",
    },
    threshold: () => 0.99,
    thresholdDefault: "0.99",
    unit: "successful calls (ratio, 0-1)",
    thresholdRange: { min: 0.01, max: 1 },
    evaluationPeriods: 5,
    evaluationPeriodsRange: withinADay(60),
    about: "Fires when too many reads of the stream fail.",
    advice:
      "Check whether Firehose's role is still allowed to read the stream and use its key (output " +
      "requiredPolicy), and whether the reads are throttled.",
    command: "diagnose",
  },
} satisfies Record<string, AlarmDefinition>;
