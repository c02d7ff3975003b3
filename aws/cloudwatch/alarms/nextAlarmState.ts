import type { MetricAlarm } from "./alarm";
import type { AlarmState } from "./alarmRule";
import type { DataPoint } from "./dataPoints";

type Rules = Pick<MetricAlarm, "datapointsToAlarm" | "evaluationPeriods" | "missingData">;

/**
 * The state that some periods put an alarm into.
 *
 * CloudWatch takes as many of the newest periods with data as it needs, and looks further back for
 * them. Only if there are too few, what missing data count as fills the rest. Too few periods which
 * all breach do not fire at once, unless the oldest is as old as the alarm wants periods to breach.
 *
 * Source: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
 *
 * @param points Oldest first.
 * @param current The state until now.
 */
export function nextAlarmState(
  points: readonly DataPoint[],
  rules: Rules,
  current: AlarmState,
): AlarmState {
  const { evaluationPeriods, datapointsToAlarm, missingData } = rules;
  const real = points.filter((point) => point !== "missing").slice(-evaluationPeriods);
  const breaching = real.filter((point) => point === "breaching").length;
  const filled = evaluationPeriods - real.length;
  const counted = missingData === "breaching" ? breaching + filled : breaching;
  if (counted >= datapointsToAlarm) return "ALARM";
  if (breaching < real.length || filled === 0) return "OK";
  switch (missingData) {
    case "breaching":
    case "notBreaching":
      return "OK";
    case "ignore":
      return current;
    case "missing":
      return breaching > 0 && age(points) >= datapointsToAlarm ? "ALARM" : "INSUFFICIENT_DATA";
  }
}

/** Of the oldest period with data: the newest period of all is 1. */
function age(points: readonly DataPoint[]): number {
  return points.length - points.findIndex((point) => point !== "missing");
}
