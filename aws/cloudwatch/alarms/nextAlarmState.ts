import type { MetricAlarm } from "./alarm";
import type { AlarmState } from "./alarmRule";
import type { DataPoint } from "./dataPoints";

type Rules = Pick<MetricAlarm, "datapointsToAlarm" | "evaluationPeriods" | "missingData">;

/**
 * The state of an alarm after some periods.
 *
 * CloudWatch uses as many of the newest periods with data as it needs, and looks further back for
 * them. Only if there are too few does the treatment of missing data apply to the rest. Too few
 * periods that all breach do not fire at once, unless the oldest is at least as old as the number of
 * data points to alarm.
 *
 * Source: Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data".
 *
 * @param points oldest first
 * @param current the state until now
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

/** Age of the oldest period with data, in periods: that of the newest period is 1. */
function age(points: readonly DataPoint[]): number {
  return points.length - points.findIndex((point) => point !== "missing");
}
