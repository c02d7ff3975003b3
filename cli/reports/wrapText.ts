import { stripVTControlCharacters } from "node:util";

/** Breaks a text at spaces into lines of at most `width` characters; longer words stay whole. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => joined(paragraph.split(" "), " ", width));
}

/** As `wrap`, and longer words are broken too. */
export function wrapHard(text: string, width: number): string[] {
  const piece = new RegExp(`.{1,${Math.max(width, 1)}}`, "gu");
  return wrap(text, width).flatMap((line) => line.match(piece) ?? "");
}

/** Puts texts on as few lines of at most `width` characters as they fit on. */
export function fill(texts: readonly string[], width: number, separator = ", "): string[] {
  return joined(texts, separator, width).flatMap((line) => wrap(line, width));
}

/** Longer values are cut: they are documents, and whole in the JSON document. */
const LONGEST_VALUE = 160;
const CUT = "… (--json)";

/** A value as it is, or if it is very long, its beginning in at most `width` characters. */
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

/** Characters that are seen: colours are not. */
function shownLength(text: string): number {
  return stripVTControlCharacters(text).length;
}
