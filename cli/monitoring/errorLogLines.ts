import type { LogLine, MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { counted, grouped, timeOfDay } from "../../records/amounts";
import { groupedBy } from "../reports/groupedBy";
import { printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";

/** 80, less the indents of the section and of a message. */
const COLUMNS = 76;

/** How many different lines are shown. */
const SHOWN = 5;

/** The newest lines of the error logs; repeated lines are shown once, with their count. */
export function errorLogLines({ at, errorLog }: MonitoringSnapshot, colors: Colors): string[] {
  if (errorLog.count === 0) return [colors.green("nothing was logged")];
  const newestFirst = [...errorLog.lines].reverse();
  const groups = groupedBy(newestFirst, ({ message }) => message).map(([, lines]) => lines);
  const more = groups.length - SHOWN;
  return [
    colors.red(counted(errorLog.count, "line")),
    ...groups.slice(0, SHOWN).flatMap((lines) => groupLines(lines, at, colors)),
    ...(more > 0 ? [`and ${counted(more, "more message")}`] : []),
  ];
}

/** @param lines with the same message, newest first */
function groupLines([newest, ...others]: readonly LogLine[], at: number, colors: Colors): string[] {
  if (newest === undefined) return [];
  const { errorCode, message } = readMessage(newest.message);
  const times = others.length === 0 ? "" : `, ${grouped(others.length + 1)} times`;
  return [
    `${timeOfDay(newest.at, at)}  ${colors.red(printable(errorCode))}${times}`,
    ...wrapHard(printable(message), COLUMNS).map((line) => `  ${line}`),
  ];
}

/** The JSON that Firehose writes as a log message. */
function readMessage(line: string): { readonly errorCode: string; readonly message: string } {
  return JSON.parse(line) as { errorCode: string; message: string };
}
