import { Terminal } from "@xterm/headless";

/** What a run of characters of a line has in common. */
interface Style {
  /** One of the 16 colors of a terminal; undefined is the default color. */
  readonly color?: number;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

export interface Span extends Style {
  readonly text: string;
}

/** A line of a screen, from left to right. */
export type Line = readonly Span[];

/** No recording has more lines: nothing scrolls off the screen. */
export const ROWS = 400;

/**
 * The lines that a terminal shows after it got this output, without empty ones at the end: a progress bar
 * that the output erases is not among them.
 */
export async function screenLines(output: string, columns: number): Promise<readonly Line[]> {
  const terminal = new Terminal({ cols: columns, rows: ROWS, allowProposedApi: true });
  await new Promise<void>((written) => {
    terminal.write(output, written);
  });
  const lines = Array.from({ length: ROWS }, (_, row) => screenLine(terminal, row));
  terminal.dispose();
  while (lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function screenLine(terminal: Terminal, row: number): Line {
  const line = terminal.buffer.active.getLine(row);
  const length = line?.translateToString(true).length ?? 0;
  const spans: Span[] = [];
  for (let column = 0; column < length; column++) {
    const cell = line?.getCell(column);
    if (!cell) break;
    const style = {
      ...(cell.isFgPalette() && { color: cell.getFgColor() }),
      isBold: cell.isBold() !== 0,
      isDim: cell.isDim() !== 0,
    };
    const text = cell.getChars() || " ";
    const last = spans.at(-1);
    if (last && isSameStyle(last, style))
      spans[spans.length - 1] = { ...last, text: last.text + text };
    else spans.push({ ...style, text });
  }
  return spans;
}

function isSameStyle(one: Style, other: Style): boolean {
  return one.color === other.color && one.isBold === other.isBold && one.isDim === other.isDim;
}
