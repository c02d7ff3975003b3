import type { AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";

/**
 * The alarms to tell about. A condition fires on its own in a healthy pipeline too: its composite
 * alarm is the one to tell.
 */
export function toldAlarms(alarms: readonly AlarmResult[]): readonly AlarmResult[] {
  return alarms.filter(({ isCondition }) => !isCondition);
}

/** What to know of an alarm beside its state; undefined if that is nothing. */
export function alarmNote(alarm: AlarmResult): string | undefined {
  if ("notEvaluated" in alarm) return `not evaluated here: ${alarm.notEvaluated}`;
  if (alarm.firesAfterSeconds === undefined) return undefined;
  const minutes = Math.ceil(alarm.firesAfterSeconds / 60);
  return `breaching; fires if this lasts ${minutes} min more`;
}
