import { stripVTControlCharacters } from "node:util";

/** Breaks text at spaces into lines of at most `width` characters; longer words stay whole. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => joined(paragraph.split(" "), " ", width));
}

/** Like `wrap`, after a head; the further lines are aligned with the text. */
export function wrapAfter(head: string, text: string, width: number): string[] {
  const indent = " ".repeat(head.length);
  return wrap(text, width - head.length).map(
    (line, index) => `${index === 0 ? head : indent}${line}`,
  );
}

/** Like `wrap`, but breaks longer words too. */
export function wrapHard(text: string, width: number): string[] {
  const piece = new RegExp(`.{1,${Math.max(width, 1)}}`, "gu");
  return wrap(text, width).flatMap((line) => line.match(piece) ?? "");
}

/**
 * An error for a terminal: its lines are broken at spaces, and continued below their own text. Commands
 * stay in one line, so that they can be copied; the terminal breaks them. So do lines of a stack trace.
 *
 * @param width undefined if the output is not a terminal: the lines stay as they are
 */
export function wrapError(text: string, width: number | undefined): string {
  if (width === undefined || width < 20) return text;
  return text
    .split("\n")
    .flatMap((line) => (isWhole.test(line) ? [line] : wrapIndented(line, width)))
    .join("\n");
}

const isWhole = /\b(?:pulumi|npx|npm) [a-z]|^\s+at /;

function wrapIndented(line: string, width: number): string[] {
  const [head = ""] = /^\s*(?:allowed: )?/.exec(line) ?? [];
  return wrapAfter(head, line.slice(head.length), width);
}

/** Joins parts to lines of at most `width` characters. */
export function fill(parts: readonly string[], width: number, separator = ", "): string[] {
  return joined(parts, separator, width).flatMap((line) => wrap(line, width));
}

/** Longer values are documents; the JSON output contains them in full. */
const LONGEST_VALUE = 160;
const CUT = "… (--json)";

/** The value, or the first `width` characters of a very long one. */
export function cut(text: string, width: number): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, width - CUT.length)}${CUT}` : text;
}

function joined(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const longer = last === undefined ? part : `${last}${separator}${part}`;
    if (last !== undefined && shownLength(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** The number of visible characters, without color codes. */
function shownLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
