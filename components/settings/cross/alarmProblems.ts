import { type AlarmName, alarmDefinitions } from "../../alarms/alarmDefinitions";
import { deliveryPeriod, withinADay } from "../../alarms/periods";
import type { Features } from "../features";
import type { Problem } from "../problem";
import { placeAt } from "../schemaTree";
import type { SettingsView } from "./settingsView";

/** Thresholds with which an alarm can never fire, or never stops firing. */
export function alarmProblems(settings: SettingsView, features: Features): readonly Problem[] {
  return [
    ...neverFiring(settings),
    ...alwaysFiring(settings),
    ...(features.partitions ? longerThanADay(settings) : []),
  ];
}

/** Partitions lengthen the periods of this alarm, which must not exceed a day together. */
function longerThanADay(settings: SettingsView): readonly Problem[] {
  const interval = effectiveNumber(settings, "delivery", "bufferIntervalSeconds");
  const periods = settings.known.alarms?.deliveryStalled?.evaluationPeriods;
  if (interval === undefined || periods === undefined) return [];
  const period = deliveryPeriod({
    ...{ bufferIntervalSeconds: interval, backupIntervalSeconds: interval },
    ...{ retentionHours: 24, features: ["partitioning"] },
  });
  const { max } = withinADay(period);
  if (periods <= max) return [];
  return [
    {
      path: ["alarms", "deliveryStalled", "evaluationPeriods"],
      reason: `is ${periods}, but with partitions a period is ${period} seconds, and CloudWatch evaluates at most a day`,
      allowed: `a whole number of periods up to ${max}`,
      suggestion: max,
    },
  ];
}

/** A record is never older than the stream's retention period. */
function neverFiring(settings: SettingsView): readonly Problem[] {
  // The retention period of an existing stream is unknown.
  if (settings.isGiven("existing", "streamArn")) return [];
  const retentionHours = effectiveNumber(settings, "stream", "retentionHours");
  if (retentionHours === undefined) return [];
  const retention = retentionHours * 3_600_000;
  return (["iteratorAge", "behindLatest"] as const).flatMap((alarm) => {
    const threshold = settings.known.alarms?.[alarm]?.threshold;
    if (threshold === undefined || threshold < retention) return [];
    return [
      {
        path: thresholdOf(alarm),
        reason: `is ${threshold} milliseconds, but the stream keeps records for ${retention}: the alarm would never fire`,
        allowed: `less than ${retention}`,
        suggestion: retention / 2,
      },
    ];
  });
}

/** Buffering alone makes records as old as the buffer interval. */
function alwaysFiring(settings: SettingsView): readonly Problem[] {
  const interval = effectiveNumber(settings, "delivery", "bufferIntervalSeconds");
  const threshold = settings.known.alarms?.dataFreshness?.threshold;
  if (interval === undefined || threshold === undefined || threshold >= interval) return [];
  return [
    {
      path: thresholdOf("dataFreshness"),
      reason: `is ${threshold} seconds, but Firehose buffers records for ${interval}: the alarm would never stop firing`,
      allowed: `${interval} or more`,
      suggestion: alarmDefinitions.dataFreshness.threshold({
        ...{ bufferIntervalSeconds: interval, backupIntervalSeconds: interval },
        ...{ retentionHours: 24, features: [] },
      }),
    },
  ];
}

function thresholdOf(alarm: AlarmName): readonly string[] {
  return ["alarms", alarm, "threshold"];
}

/** The value of a number, set or default; undefined if it is unknown. */
function effectiveNumber(
  { known, isUnknown }: SettingsView,
  group: "stream" | "delivery",
  setting: string,
) {
  if (isUnknown(group, setting)) return undefined;
  const values = known[group] as Readonly<Record<string, unknown>> | undefined;
  return (values?.[setting] ?? placeAt([group, setting]).defaultValue) as number | undefined;
}
