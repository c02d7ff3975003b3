import type {
  AlarmResult,
  EvaluatedAlarm,
  NotEvaluated,
} from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { grouped } from "../reports/amounts";
import type { Colors } from "../reports/terminal";
import { timeOfDay } from "../reports/times";
import { wrapHard } from "../reports/wrapText";

/** Beside the indents of the section and of a line that goes on. */
const COLUMNS = 76;

/** Which alarms would have fired, which ones were about to, and which ones nothing is known of. */
export function alarmLines(
  { at, alarms }: Pick<MonitoringSnapshot, "at" | "alarms">,
  colors: Colors,
): string[] {
  if (alarms.length === 0) return ["none is declared"];
  const told = reportedAlarms(alarms);
  const evaluated = told.filter(isEvaluated);
  const fired = evaluated.filter(({ wouldHaveFired }) => wouldHaveFired);
  return [
    summary(fired.length, evaluated.length, colors),
    ...fired.flatMap((alarm) => hanging(firedText(alarm, at)).map(colors.red)),
    ...evaluated.flatMap((alarm) => noted(alarm).map(colors.yellow)),
    ...told.filter(isNotEvaluated).flatMap(noted),
  ];
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

function noted(alarm: AlarmResult): string[] {
  const note = alarmNote(alarm);
  return note === undefined ? [] : hanging(`${alarm.resource}: ${note}`);
}

/** Lines of which those that follow the first are indented. */
function hanging(text: string): string[] {
  return wrapHard(text, COLUMNS).map((line, index) => (index === 0 ? line : `  ${line}`));
}

function isEvaluated(alarm: AlarmResult): alarm is EvaluatedAlarm {
  return !isNotEvaluated(alarm);
}

function isNotEvaluated(alarm: AlarmResult): alarm is NotEvaluated {
  return "notEvaluated" in alarm;
}

/**
 * The alarms to tell about. A condition fires on its own in a healthy pipeline too: its composite
 * alarm is the one to tell.
 */
export function reportedAlarms(alarms: readonly AlarmResult[]): readonly AlarmResult[] {
  return alarms.filter(({ isCondition }) => !isCondition);
}

/** What to know of an alarm beside its state; undefined if that is nothing. */
export function alarmNote(alarm: AlarmResult): string | undefined {
  if ("notEvaluated" in alarm) return `not evaluated here: ${alarm.notEvaluated}`;
  if (alarm.firesAfterSeconds === undefined) return undefined;
  const minutes = Math.ceil(alarm.firesAfterSeconds / 60);
  return `breaching; fires if this lasts ${minutes} min more`;
}
