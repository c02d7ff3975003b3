import type { ReplayReport } from "../../records/replay/replayErrors";
import { counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";

/** Whether each record was or can be replayed. */
export function isComplete({ failed, stopped }: ReplayReport): boolean {
  return failed.length === 0 && stopped === undefined;
}

/**
 * The report of `replay`.
 *
 * @param name of the stream; undefined for a dry run
 */
export function replayReport(
  report: ReplayReport,
  name: string | undefined,
  colors: Colors,
): string {
  const { objects, codes, earlier, sent, dropped, failed, stopped } = report;
  const total = [...codes.values()].reduce((sum, records) => sum + records, 0);
  const width = Math.max(...[...codes.keys()].map((code) => printable(code).length), 0);
  const byCode = [...codes].map(
    ([code, records]) => `  ${printable(code).padEnd(width)}  ${grouped(records)}`,
  );
  const extra = [
    ...(earlier > 0 ? [`${counted(earlier, "record")} replayed earlier`] : []),
    ...(dropped > 0 ? [`${counted(dropped, "record")} left out by the transform`] : []),
  ].join("; ");
  const verb = name === undefined ? "Would send" : "Sent";
  const mark = isComplete(report) ? colors.green(verb) : colors.yellow(verb);
  const to = name === undefined ? "" : ` to ${printable(name)}`;
  return [
    `${counted(total, "failed record")} in ${counted(objects, "error object")}${total > 0 ? ":" : "."}`,
    ...byCode,
    "",
    `${mark} ${counted(sent, "record")}${to}${extra === "" ? "" : ` (${extra})`}.`,
    ...listed(
      colors.red(`Not replayed: ${grouped(failed.length)}`),
      failed.map(
        ({ key, line, reason }) => `${key}${line === undefined ? "" : ` line ${line}`}: ${reason}`,
      ),
    ),
    ...(stopped === undefined
      ? []
      : ["", colors.red(`The replay ended early: ${printable(stopped)}`)]),
    ...(name === undefined && sent > 0 ? ["", "Nothing was sent: add --execute to send it."] : []),
  ].join("\n");
}
