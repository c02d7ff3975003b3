import { grouped } from "./amounts";

const LISTED = 10;

/** A list with its heading for the end of a report: the first ten, and how many more. */
export function listed(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - LISTED;
  return [
    "",
    `${heading}:`,
    ...lines.slice(0, LISTED).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
  ];
}
