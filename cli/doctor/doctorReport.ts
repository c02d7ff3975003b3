import { printable } from "../reports/printable";
import { wrapAfter } from "../reports/wrapText";
import type { Colors } from "../reports/terminal";
import type { CheckResult } from "./check";
import type { Finding, Status } from "./finding";

const STATUS_WIDTH = "not checked".length;

/** Below the names, so that most commands fit into a line. */
const FIX_INDENT = " ".repeat(2 + STATUS_WIDTH + 2);

/** The lines of one check: its findings, each with what fixes it. */
export function resultLines(
  { name, findings }: CheckResult,
  nameWidth: number,
  columns: number,
  colors: Colors,
): string {
  return findings
    .map((finding) => findingLines(finding, name.padEnd(nameWidth), columns, colors))
    .join("\n");
}

function findingLines(
  { status, message, fix }: Finding,
  name: string,
  columns: number,
  colors: Colors,
): string {
  const head = `  ${status.padEnd(STATUS_WIDTH)}  ${name}  `;
  const paragraphs = message.split("\n").map(printable).join("\n");
  const lines = wrapAfter(head, paragraphs, columns);
  const colored = (lines[0] ?? "").replace(status, statusColor(status, colors)(status));
  // A command stays in one line, so that it can be copied.
  const label = status === "not checked" ? "See" : "Fix";
  const fixed = fix === undefined ? [] : [`${FIX_INDENT}${label}: ${printable(fix)}`];
  return [colored, ...lines.slice(1), ...fixed].join("\n");
}

function statusColor(status: Status, colors: Colors): (text: string) => string {
  if (status === "ok") return colors.green;
  if (status === "warning") return colors.yellow;
  return status === "error" ? colors.red : colors.dim;
}

/** How many findings have a status. */
export function countOf(results: readonly CheckResult[], status: Status): number {
  return results.flatMap(({ findings }) => findings).filter((one) => one.status === status).length;
}

/** The last line of the report. */
export function summary(results: readonly CheckResult[], colors: Colors): string {
  const [errors, warnings] = [countOf(results, "error"), countOf(results, "warning")];
  const unchecked = countOf(results, "not checked");
  const parts = [
    errors > 0 ? colors.red(`${errors} ${errors === 1 ? "error" : "errors"}`) : "no errors",
    warnings > 0
      ? colors.yellow(`${warnings} ${warnings === 1 ? "warning" : "warnings"}`)
      : "no warnings",
    ...(unchecked > 0 ? [`${unchecked} not checked`] : []),
  ];
  return parts.join(", ");
}
