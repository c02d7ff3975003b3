import type {
  AlarmResult,
  EvaluatedAlarm,
  NotEvaluated,
} from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { grouped, timeOfDay } from "../../records/amounts";
import { printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";

/** 80, less the indents of the section and of a continued line. */
const COLUMNS = 76;

/** Alarms that would have fired, that were about to fire, and that could not be evaluated. */
export function alarmLines(
  { at, alarms }: Pick<MonitoringSnapshot, "at" | "alarms">,
  colors: Colors,
): string[] {
  if (alarms.length === 0) return ["no alarms declared"];
  const reported = reportedAlarms(alarms);
  const evaluated = reported.filter(isEvaluated);
  const fired = evaluated.filter(({ wouldHaveFired }) => wouldHaveFired);
  return [
    summary(fired.length, evaluated.length, colors),
    ...fired.flatMap((alarm) => hanging(firedText(alarm, at)).map(colors.red)),
    ...evaluated.flatMap((alarm) => noteLines(alarm).map(colors.yellow)),
    ...reported.filter(isNotEvaluated).flatMap(noteLines),
  ];
}

/**
 * The alarms that a report shows: all but conditions of composite alarms, which can fire in a healthy
 * pipeline.
 */
export function reportedAlarms(alarms: readonly AlarmResult[]): readonly AlarmResult[] {
  return alarms.filter(({ isCondition }) => !isCondition);
}

/** What the state of an alarm does not show: why it was not evaluated, or when it will fire. */
export function alarmNote(alarm: AlarmResult): string | undefined {
  if (isNotEvaluated(alarm)) return `not evaluated: ${alarm.notEvaluated}`;
  if (alarm.firesAfterSeconds === undefined) return undefined;
  const minutes = Math.ceil(alarm.firesAfterSeconds / 60);
  return `breaching; fires if this lasts ${minutes} more min`;
}

function isEvaluated(alarm: AlarmResult): alarm is EvaluatedAlarm {
  return !isNotEvaluated(alarm);
}

function isNotEvaluated(alarm: AlarmResult): alarm is NotEvaluated {
  return "notEvaluated" in alarm;
}

function summary(fired: number, evaluated: number, colors: Colors): string {
  if (fired === 0) return colors.green(`none would have fired (${grouped(evaluated)} evaluated)`);
  return colors.red(`${grouped(fired)} of ${grouped(evaluated)} would have fired`);
}

function firedText({ resource, firedAt, state }: EvaluatedAlarm, reportAt: number): string {
  const when = firedAt === undefined ? "" : ` at ${timeOfDay(firedAt, reportAt)}`;
  const now = state === "ALARM" ? "" : `; ${state} at the end`;
  return `${resource} would have fired${when}${now}`;
}

function noteLines(alarm: AlarmResult): string[] {
  const note = alarmNote(alarm);
  return note === undefined ? [] : hanging(`${alarm.resource}: ${note}`);
}

/** The text as lines; all but the first are indented. */
function hanging(text: string): string[] {
  return wrapHard(printable(text), COLUMNS).map((line, index) =>
    index === 0 ? line : `  ${line}`,
  );
}
