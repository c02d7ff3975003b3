import type { LogLine, MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { counted, grouped } from "../reports/amounts";
import { groupedBy } from "../reports/groupedBy";
import { wrapHard } from "../reports/wrapText";
import type { Colors } from "../reports/terminal";
import { timeOfDay } from "../reports/times";

/** Beside the indents of the section and of a message. */
const COLUMNS = 76;

/** So many different lines are shown. */
const SHOWN = 5;

/** The newest lines of the error logs; lines that say the same are shown once, with their count. */
export function errorLogLines({ at, errorLog }: MonitoringSnapshot, colors: Colors): string[] {
  if (errorLog.count === 0) return [colors.green("nothing was logged")];
  const newestFirst = [...errorLog.lines].reverse();
  const groups = groupedBy(newestFirst, ({ message }) => message).map(([, lines]) => lines);
  const more = groups.length - SHOWN;
  return [
    colors.red(counted(errorLog.count, "line")),
    ...groups.slice(0, SHOWN).flatMap((lines) => groupLines(lines, at, colors)),
    ...(more > 0 ? [`and ${grouped(more)} different ones more`] : []),
  ];
}

/** @param lines That say the same, the newest first. */
function groupLines([newest, ...others]: readonly LogLine[], at: number, colors: Colors): string[] {
  if (newest === undefined) return [];
  const { errorCode, message } = readMessage(newest.message);
  const times = others.length === 0 ? "" : `, ${grouped(others.length + 1)} times`;
  return [
    `${timeOfDay(newest.at, at)}  ${colors.red(errorCode)}${times}`,
    ...wrapHard(message, COLUMNS).map((line) => `  ${line}`),
  ];
}

/** As Firehose writes it. */
function readMessage(text: string): { readonly errorCode: string; readonly message: string } {
  return JSON.parse(text) as { errorCode: string; message: string };
}
