import type { AlarmFacts, Range } from "./alarmDefinition";

export const minute = () => 60;

/** Firehose publishes its metrics every 5 minutes. */
export const fiveMinutes = () => 300;

/** Includes data however late Firehose publishes its metrics, so that 0 really means none. */
export const fifteenMinutes = () => 900;

/**
 * Seconds, a multiple of 5 minutes, in which records are delivered and their delivery is published:
 * what arrives in one period is in the metrics before the next one ends. The sum of the buffer
 * interval, 5 minutes for the delivery with its retries, and 5 minutes until Firehose publishes its
 * metrics.
 */
export function deliveryPeriod({ bufferIntervalSeconds, features }: AlarmFacts): number {
  // A partition can take one and a half times the buffer interval (Developer Guide, "Buffering").
  const longest = bufferIntervalSeconds * (features.includes("partitioning") ? 1.5 : 1);
  return Math.ceil((longest + 600) / 300) * 300;
}

/** The longest delivery period without partitions: Firehose buffers up to 900 seconds. */
export const longestDeliveryPeriod = deliveryPeriod({
  ...{ retentionHours: 24, bufferIntervalSeconds: 900 },
  ...{ backupIntervalSeconds: 900, features: [] },
});

/**
 * The number of periods that an alarm can evaluate: together they must not exceed a day.
 *
 * Source: CloudWatch API, PutMetricAlarm, for periods below one hour.
 */
export function withinADay(period: number, min = 1): Range {
  return { min, max: Math.floor(86_400 / period) };
}
