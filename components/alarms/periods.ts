import type { AlarmFacts, Range } from "./alarmDefinition";

export const minute = () => 60;

/** Firehose pushes its metrics every five minutes. */
export const fiveMinutes = () => 300;

/** Long enough to hold data however late Firehose's metrics are, so that 0 really means none. */
export const quarterOfAnHour = () => 900;

/**
 * What arrives in one period is delivered, and seen in the metrics, before the next one ends: after
 * the buffer interval, five minutes for the delivery and its retries, and five minutes until
 * Firehose pushes its metrics. In whole five minutes.
 */
export function deliveryPeriod({ bufferIntervalSeconds }: AlarmFacts): number {
  return Math.ceil((bufferIntervalSeconds + 600) / 300) * 300;
}

/** The longest delivery period: Firehose buffers up to 900 seconds. */
export const longestDeliveryPeriod = deliveryPeriod({
  retentionHours: 24,
  bufferIntervalSeconds: 900,
});

/**
 * How many periods an alarm can look back: all of them together within a day.
 *
 * Source: CloudWatch API, PutMetricAlarm, for periods below one hour.
 */
export function withinADay(period: number, min = 1): Range {
  return { min, max: Math.floor(86_400 / period) };
}
