import type { ErrorCause } from "../../records/errors/errorCauses";
import { counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { wrap, wrapHard } from "../reports/wrapText";

const columns = 80;

/** A part of a report: why records failed, and where to find one of each cause. */
export function errorCauseLines(causes: readonly ErrorCause[]): readonly string[] {
  if (causes.length === 0) return [];
  const shown = causes.slice(0, shownCauses);
  const width = Math.max(...shown.map(({ records }) => grouped(records).length));
  const more = causes.length - shown.length;
  return [
    "",
    "Error records by cause:",
    ...shown.flatMap((cause) => causeLines(cause, width)),
    ...(more > 0 ? [`  and ${counted(more, "other cause")}`] : []),
  ];
}

const shownCauses = 10;

function causeLines(cause: ErrorCause, width: number): readonly string[] {
  const { type, code, message, resource, records, objects, example } = cause;
  const count = grouped(records).padStart(width);
  const indent = " ".repeat(width + 4);
  const time = timesOf(cause);
  return [
    `  ${count}  ${printable(code)}${type === "unknown" ? "" : ` (${printable(type)})`}`,
    ...[
      ...(message === undefined ? [] : wrapHard(printable(message), columns - indent.length)),
      ...(resource === undefined ? [] : [`of ${printable(resource)}`]),
      ...(time === undefined ? [] : wrap(time, columns - indent.length)),
      `in ${counted(objects, "object")}, for example line ${grouped(example.line)} of`,
      printable(example.key),
    ].map((line) => indent + line),
  ];
}

function timesOf({ first, last }: ErrorCause): string | undefined {
  if (first === undefined || last === undefined) return undefined;
  const [from, to] = [utc(first), utc(last)];
  return from === to ? `at ${from}` : `from ${from} to ${to}`;
}

function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
