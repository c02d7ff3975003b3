import { type QueryColumn, type QueryValue, valueText } from "../../records/query/queryValue";
import { printable } from "../reports/printable";
import type { Colors } from "../reports/terminal";

interface Layout {
  readonly columns: number;
  readonly colors: Colors;
}

/** Narrower columns say nothing. */
const narrowest = 8;

const gap = "  ";

/**
 * Rows in columns, or below each other if there are too many columns for the terminal. Values that are too wide
 * are cut off at their end.
 */
export function resultTable(
  columns: readonly QueryColumn[],
  rows: readonly (readonly QueryValue[])[],
  { columns: width, colors }: Layout,
): string {
  const cells = rows.map((row) => row.map((value) => printable(valueText(value) ?? "NULL")));
  const names = columns.map(({ name }) => printable(name));
  const wanted = names.map((name, index) =>
    Math.max(textWidth(name), ...cells.map((row) => textWidth(row[index] ?? ""))),
  );
  const widths = fitted(wanted, width - gap.length * (columns.length - 1));
  const shown = (row: number, column: number, text: string): string =>
    rows[row]?.[column] === null ? colors.dim(text) : text;
  if (widths === undefined) return belowEachOther(names, cells, shown, width, colors);
  const line = (values: readonly string[], style: (text: string, column: number) => string) =>
    values
      .map((text, column) => {
        const room = widths[column] ?? 0;
        const cut = cutOff(text, room);
        const space = " ".repeat(Math.max(0, room - textWidth(cut)));
        const styled = style(cut, column);
        return columns[column]?.isNumber ? space + styled : styled + space;
      })
      .join(gap)
      .trimEnd();
  return [
    line(names, (text) => colors.bold(text)),
    widths.map((room) => "-".repeat(room)).join(gap),
    ...cells.map((row, index) => line(row, (text, column) => shown(index, column, text))),
  ].join("\n");
}

function belowEachOther(
  names: readonly string[],
  cells: readonly (readonly string[])[],
  shown: (row: number, column: number, text: string) => string,
  width: number,
  colors: Colors,
): string {
  const room = Math.min(Math.max(...names.map(textWidth)), Math.floor(width / 2));
  return cells
    .flatMap((row, index) => [
      colors.bold(`row ${index + 1}`),
      ...row.map((text, column) => {
        const name = cutOff(names[column] ?? "", room);
        const space = " ".repeat(room - textWidth(name));
        const cut = cutOff(text, width - room - 2 * gap.length);
        return `${gap}${name}${space}${gap}${shown(index, column, cut)}`;
      }),
    ])
    .join("\n");
}

/** Widths of columns that fit together: the widest ones become narrower. Undefined if none do. */
function fitted(wanted: readonly number[], room: number): readonly number[] | undefined {
  const total = (limit: number): number =>
    wanted.reduce((sum, width) => sum + Math.min(width, limit), 0);
  let limit = Math.max(...wanted);
  if (total(limit) <= room) return wanted;
  while (limit > narrowest && total(limit) > room) limit -= 1;
  if (total(limit) > room) return undefined;
  // What is left goes to the first columns that are cut off.
  let left = room - total(limit);
  return wanted.map((width) => (width > limit && left-- > 0 ? limit + 1 : Math.min(width, limit)));
}

/** Characters that a terminal shows in two columns, or in none. Unicode Standard Annex 11. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const invisible = /\p{M}|\p{Cf}/u;

function characterWidth(character: string): number {
  if (character <= "\u02ff") return 1;
  return invisible.test(character) ? 0 : wide.test(character) ? 2 : 1;
}

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function cutOff(text: string, room: number): string {
  if (textWidth(text) <= room) return text;
  let kept = "";
  let width = 3;
  for (const character of text) {
    width += characterWidth(character);
    if (width > room) break;
    kept += character;
  }
  return `${kept}...`;
}
