import type { Colors } from "../../reports/terminal";
import { wrap, wrapHard } from "../../reports/wrapText";
import type { Difference } from "./sides";

/** Rows below a title, with a column for each of two stacks. */
export interface Table {
  readonly title: string;
  readonly parts: readonly {
    /** Name and type of the resource. */
    readonly heading?: readonly [name: string, type: string];
    readonly rows: readonly Row[];
  }[];
}

/** A label with its value in each stack. */
export interface Row extends Difference {
  /** With its indentation. */
  readonly label: string;
}

export interface TableStyle {
  readonly columns: number;
  readonly colors: Colors;
  /** The names of the stacks. */
  readonly stacks: { readonly here: string; readonly there: string };
}

/** Maximum share of the line for the labels. */
const LABEL_SHARE = 0.45;

/** Tables one below the other, with the same columns, each followed by an empty line. */
export function tableLines(tables: readonly Table[], style: TableStyle): string[] {
  const { columns, colors, stacks } = style;
  const labels = tables.flatMap(({ title, parts }) => [
    title,
    ...parts.flatMap(({ rows }) => rows.map(({ label }) => label)),
  ]);
  const longest = Math.max(0, ...labels.map(({ length }) => length));
  const first = Math.min(longest + 2, Math.floor(columns * LABEL_SHARE));
  return tables.flatMap(({ title, parts }) => [
    colors.bold(inColumns({ label: title, ...stacks }, first, columns) ?? title),
    ...parts.flatMap(({ heading, rows }) => [
      ...(heading ? [`  ${colors.bold(heading[0])}  ${colors.cyan(heading[1])}`] : []),
      ...rows.flatMap((row) => inColumns(row, first, columns) ?? stacked(row, style)),
    ]),
    "",
  ]);
}

const ABSENT = "-";

/** A row on one line, if it fits. */
function inColumns(
  { label, here, there }: Row,
  first: number,
  columns: number,
): string | undefined {
  const width = Math.floor((columns - first) / 2);
  const [mine, theirs] = [here ?? ABSENT, there ?? ABSENT];
  const fits = label.length < first && mine.length < width && theirs.length <= width;
  return fits ? `${label.padEnd(first)}${mine.padEnd(width)}${theirs}` : undefined;
}

/** A row with its values below its label, each after the name of its stack. */
function stacked({ label, here, there }: Row, { columns, stacks }: TableStyle): string[] {
  const indent = " ".repeat(label.search(/\S/) + 2);
  const width = Math.max(stacks.here.length, stacks.there.length) + 2;
  const linesOf = (stack: string, value: string): string[] => {
    const lines = wrap(value, columns - indent.length - width);
    if (lines.every(({ length }) => length <= columns - indent.length - width))
      return lines.map(
        (line, index) => `${indent}${(index > 0 ? "" : stack).padEnd(width)}${line}`,
      );
    // A longer word is an ARN or JSON: the full width keeps it in one piece where possible.
    const whole = wrapHard(value, columns - indent.length);
    return [stack, ...whole].map((line) => `${indent}${line}`);
  };
  return [
    label,
    ...linesOf(stacks.here, here ?? ABSENT),
    ...linesOf(stacks.there, there ?? ABSENT),
  ];
}
