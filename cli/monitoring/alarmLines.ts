import type {
  AlarmResult,
  EvaluatedAlarm,
  NotEvaluated,
} from "../../local/aws/cloudwatch/alarms/evaluateAlarms";
import type { MonitoringSnapshot } from "../../local/aws/cloudwatch/monitoring";
import { grouped } from "../amounts";
import { wrapHard } from "../reports/wrapText";
import type { Colors } from "../stdoutColors";
import { timeOfDay } from "./timeOfDay";

/** Beside the indents of the section and of a line that goes on. */
const COLUMNS = 76;

/** Which alarms would have fired, which ones were about to, and which ones nothing is known of. */
export function alarmLines(
  { at, alarms }: Pick<MonitoringSnapshot, "at" | "alarms">,
  colors: Colors,
): string[] {
  if (alarms.length === 0) return ["none is declared"];
  // A condition fires on its own in a healthy pipeline too: its composite alarm is the one to tell.
  const told = alarms.filter(({ isCondition }) => !isCondition);
  const evaluated = told.filter(isEvaluated);
  const fired = evaluated.filter(({ wouldHaveFired }) => wouldHaveFired);
  return [
    summary(fired.length, evaluated.length, colors),
    ...fired.flatMap((alarm) => hanging(firedText(alarm, at)).map(colors.red)),
    ...evaluated.flatMap((alarm) => hanging(breachingText(alarm)).map(colors.yellow)),
    ...told.filter(isNotEvaluated).flatMap((alarm) => hanging(notEvaluatedText(alarm))),
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

function breachingText({ resource, firesAfterSeconds }: EvaluatedAlarm): string {
  if (firesAfterSeconds === undefined) return "";
  const minutes = Math.ceil(firesAfterSeconds / 60);
  return `${resource}: breaching; fires if this lasts ${minutes} min more`;
}

function notEvaluatedText({ resource, notEvaluated }: NotEvaluated): string {
  return `${resource}: not evaluated here: ${notEvaluated}`;
}

/** Lines of which those that follow the first are indented. */
function hanging(text: string): string[] {
  if (text === "") return [];
  return wrapHard(text, COLUMNS).map((line, index) => (index === 0 ? line : `  ${line}`));
}

function isEvaluated(alarm: AlarmResult): alarm is EvaluatedAlarm {
  return !isNotEvaluated(alarm);
}

function isNotEvaluated(alarm: AlarmResult): alarm is NotEvaluated {
  return "notEvaluated" in alarm;
}
