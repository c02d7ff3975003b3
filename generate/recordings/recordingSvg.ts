import { escapedHtml as escaped } from "../../cli/reports/htmlText";
import type { Line, Span } from "./screenLines";

/** A picture of a terminal. */
export interface Picture {
  /** What a screen reader reads first. */
  readonly title: string;
  readonly description: string;
  readonly columns: number;
  readonly lines: readonly Line[];
}

const FONT_SIZE = 14;
/** Of the widest of the usual monospaced fonts, in parts of the font size. */
const CHARACTER_WIDTH = 0.61;
const LINE_HEIGHT = 20;
const PADDING = 20;

/**
 * A terminal as an SVG image, light or dark as the reader's system is. Its text can be selected, and needs no
 * font but a monospaced one of the system. Lines appear one after the other, unless the reader prefers
 * reduced motion.
 */
export function recordingSvg({ title, description, columns, lines }: Picture): string {
  const width = Math.ceil(columns * FONT_SIZE * CHARACTER_WIDTH) + 2 * PADDING;
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="screen" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...lines.map(lineElement),
    "</svg>\n",
  ].join("\n");
}

function lineElement(line: Line, index: number): string {
  const y = PADDING + (index + 0.75) * LINE_HEIGHT;
  return `<text x="${PADDING}" y="${y}" style="--line:${index}">${line.map(spanElement).join("")}</text>`;
}

function spanElement({ text, color, isBold, isDim }: Span): string {
  const classes = [
    ...(color === undefined ? [] : [`c${color}`]),
    ...(isBold ? ["bold"] : []),
    ...(isDim ? ["dim"] : []),
  ];
  const content = escaped(text);
  return classes.length === 0 ? content : `<tspan class="${classes.join(" ")}">${content}</tspan>`;
}

/** Colors with a contrast of at least 4.5 to the screen's; `c1` is red, as terminals number them. */
const style = `
text { font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; fill: #1f2328; }
.screen { fill: #f6f8fa; stroke: #d1d9e0; }
.bold { font-weight: bold; }
.dim, .c8 { fill: #59636e; }
.c1 { fill: #c21c2c; }
.c2 { fill: #116329; }
.c3 { fill: #7d4e00; }
.c4 { fill: #0550ae; }
.c5 { fill: #7a36c4; }
.c6 { fill: #0f6674; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.screen { fill: #0d1117; stroke: #3d444d; }
.dim, .c8 { fill: #9198a1; }
.c1 { fill: #ff7b72; }
.c2 { fill: #56d364; }
.c3 { fill: #e3b341; }
.c4 { fill: #79c0ff; }
.c5 { fill: #d2a8ff; }
.c6 { fill: #76e3ea; }
}
@media (prefers-reduced-motion: no-preference) {
text { animation: appear 0.1s calc(var(--line) * 0.08s) backwards; }
@keyframes appear { from { opacity: 0; } }
}
`;
