import { type AlarmName, alarmDefinitions } from "../../alarms/alarmDefinitions";
import type { Problem } from "../problem";
import { placeAt } from "../schemaTree";
import type { SettingsView } from "./settingsView";

/** Alarms that could never fire, or would never stop, because of what they are set to. */
export function alarmProblems(settings: SettingsView): readonly Problem[] {
  return [...neverFiring(settings), ...alwaysFiring(settings)];
}

/** No record is ever older than the stream keeps it. */
function neverFiring(settings: SettingsView): readonly Problem[] {
  // How long an existing stream keeps records is not known.
  if (settings.isGiven("existing", "streamArn")) return [];
  const retentionHours = inForce(settings, "stream", "retentionHours");
  if (retentionHours === undefined) return [];
  const kept = retentionHours * 3_600_000;
  return (["iteratorAge", "behindLatest"] as const).flatMap((alarm) => {
    const threshold = settings.known.alarms?.[alarm]?.threshold;
    if (threshold === undefined || threshold < kept) return [];
    const reason = `is ${threshold} milliseconds, but the stream keeps records for ${kept}: it could never fire`;
    return [{ ...placed(alarm, reason), allowed: `less than ${kept}`, suggestion: kept / 2 }];
  });
}

/** Buffering alone makes records that old. */
function alwaysFiring(settings: SettingsView): readonly Problem[] {
  const interval = inForce(settings, "delivery", "bufferIntervalSeconds");
  const threshold = settings.known.alarms?.dataFreshness?.threshold;
  if (interval === undefined || threshold === undefined || threshold >= interval) return [];
  const reason = `is ${threshold} seconds, but Firehose buffers records for ${interval}: it would never stop`;
  const accepted = alarmDefinitions.dataFreshness.threshold({
    bufferIntervalSeconds: interval,
    retentionHours: 24,
  });
  return [
    { ...placed("dataFreshness", reason), allowed: `${interval} or more`, suggestion: accepted },
  ];
}

function placed(alarm: AlarmName, reason: string) {
  return { path: ["alarms", alarm, "threshold"], reason };
}

/** The value of a number as it is given or by default; nothing if it is not known. */
function inForce(
  { known, isUnknown }: SettingsView,
  group: "stream" | "delivery",
  setting: string,
) {
  if (isUnknown(group, setting)) return undefined;
  const values = known[group] as Readonly<Record<string, unknown>> | undefined;
  return (values?.[setting] ?? placeAt([group, setting]).byDefault) as number | undefined;
}
