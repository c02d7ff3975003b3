import { grouped } from "./amounts";
import type { Colors } from "./terminal";

/** Facts under each other, one a line, the values aligned. */
export function factLines(facts: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** A count of what should not be: green for none, red for any. */
export function badCount(count: number, colors: Colors): string {
  return count > 0 ? colors.red(grouped(count)) : colors.green(grouped(count));
}

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
