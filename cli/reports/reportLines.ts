import { grouped } from "../../records/amounts";
import { printable } from "./printable";
import type { Colors } from "./terminal";

const LISTED = 10;

/** Facts, one per line, with aligned values. */
export function factLines(facts: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

/** A count of something unwanted: green for zero, otherwise red. */
export function badCount(count: number, colors: Colors): string {
  return count > 0 ? colors.red(grouped(count)) : colors.green(grouped(count));
}

/** A part of a report: a blank line, its title in bold, its lines indented. */
export function section(title: string, lines: readonly string[], colors: Colors): string[] {
  return ["", colors.bold(title), ...lines.map((line) => `  ${line}`)];
}

/**
 * A list for the end of a report: its heading, the first ten lines, and how many more there are. The
 * lines are plain text and may be from outside.
 */
export function listed(heading: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length - LISTED;
  return [
    "",
    `${heading}:`,
    ...lines.slice(0, LISTED).map((line) => `  ${printable(line)}`),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
  ];
}
