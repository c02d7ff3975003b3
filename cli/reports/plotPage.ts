import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
} from "node:fs";
import path from "node:path";
import type uPlot from "uplot";
import { escapedHtml as escaped } from "./htmlText";
import { plotPanel } from "./plotPanel";

/**
 * Creates the directory of a page, so that a place that cannot be written is reported before anything
 * starts.
 *
 * @param option that specifies the file, for messages
 * @throws Error if the page cannot be written there
 */
export function preparePage(file: string, option: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    if (existsSync(file)) closeSync(openSync(file, "r+"));
    else accessSync(path.dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(
      `The page cannot be written to ${file}: ${(error as Error).message}. ` +
        `Specify a file in a writable directory with ${option}.`,
      { cause: error },
    );
  }
}

/** A page with plots. */
interface PlotPage<Data> {
  readonly title: string;
  /** HTML below the title. */
  readonly body: string;
  /**
   * Draws the plots into the figures of the body. Its source code becomes part of the page and runs in the
   * browser, so it may use only its parameters and the APIs of browsers.
   *
   * @param draw draws one plot into its element
   */
  readonly draw: (UPlot: typeof uPlot, data: Data, draw: DrawPanel) => void;
  readonly data: Data;
}

export type DrawPanel = typeof plotPanel;

/** The page as one file that opens without a network. */
export function plotPage<Data>({ title, body, draw, data }: PlotPage<Data>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurity}">
<title>${escaped(title)}</title>
<style>${fileOf("uplot/dist/uPlot.min.css")}${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
<script>${fileOf("uplot/dist/uPlot.iife.min.js")}</script>
<script>(${draw.toString()})(uPlot, ${scriptValue(data)}, ${plotPanel.toString()});</script>
</body>
</html>
`;
}

/** The page loads nothing: its styles and scripts are inline. */
const contentSecurity = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** Where a plot is drawn: in the element `plot-INDEX`. */
export function plotFigure(title: string, index: number): string {
  return (
    `<figure aria-labelledby="plot-${index}-title">` +
    `<h3 id="plot-${index}-title">${escaped(title)}</h3><div id="plot-${index}"></div></figure>`
  );
}

/** What pointer and keys do with a plot, as a paragraph above the plots. */
export const plotHelp =
  "<p>Point at a plot to read its values, drag to zoom, and double-click to see everything. With the " +
  "keyboard, arrow keys read, <kbd>+</kbd> and <kbd>-</kbd> zoom, and <kbd>0</kbd> shows everything. " +
  "A name below a plot shows or hides its line.</p>";

/** A row of a table. */
interface TableFact {
  readonly name: string;
  readonly value: string;
  /** Whether something unwanted happened; absent if the fact is neutral. */
  readonly bad?: boolean;
}

export function factTable(facts: readonly TableFact[]): string {
  const rows = facts.map(({ name, value, bad }) => {
    const mark = bad === undefined ? "" : ` class="${bad ? "bad" : "good"}"`;
    return `<tr><th scope="row">${escaped(name)}</th><td${mark}>${escaped(value)}</td></tr>`;
  });
  return `<table>\n${rows.join("\n")}\n</table>`;
}

/** The content of a file of a package. */
function fileOf(name: string): string {
  return readFileSync(require.resolve(name), "utf8");
}

/** A value as an expression in an inline script; no string in it can end the script. */
function scriptValue(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** Light or dark, as the operating system is set. */
const style = `
:root {
  color-scheme: light dark;
  --text: #24292f; --muted: #57606a; --background: #ffffff; --grid: #d8dee4;
  --first: #0969da; --second: #9a5b00; --third: #8250df; --outage: #cf222e1a; --after: #8c959f26;
  --good: #1a7f37; --bad: #cf222e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #d5dce3; --muted: #9199a1; --background: #0d1117; --grid: #30363d;
    --first: #58a6ff; --second: #e3a73f; --third: #d2a8ff; --outage: #ff7b7226; --after: #8c959f33;
    --good: #3fb950; --bad: #ff7b72;
  }
}
body {
  margin: 0 auto; padding: 1rem; max-width: 72rem;
  color: var(--text); background: var(--background);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.5rem; margin: 0.5rem 0; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
pre { overflow: auto; border-radius: 6px; padding: 0.5rem 0.75rem; border: 1px solid var(--grid); white-space: pre-wrap; }
p { color: var(--muted); margin: 0.25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.75rem 0.2rem 0; }
th { font-weight: 600; white-space: nowrap; width: 9rem; }
tr { border-bottom: 1px solid var(--grid); }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.verdict { margin: 0.75rem 0; font-size: 1.1rem; color: var(--text); }
.bad { color: var(--bad); }
.good { color: var(--good); }
@media (max-width: 40rem) {
  th, td { display: block; width: auto; padding-right: 0; }
  th { padding-bottom: 0; white-space: normal; overflow-wrap: anywhere; }
  td { padding-top: 0; }
}
figure { margin: 0; }
kbd { font: inherit; padding: 0 0.3em; border: 1px solid var(--grid); border-radius: 4px; }
.uplot { font-family: inherit; }
.chart { margin-bottom: 0.35rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; min-height: 1.75rem; padding-left: 80px; }
.legend .at { flex-basis: 100%; min-height: 1.5em; color: var(--muted); }
.legend button { padding: 0.1rem 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; }
.legend button[aria-pressed="false"] { color: var(--muted); text-decoration: line-through; }
.legend .reading { display: inline-block; min-width: 4rem; margin-left: 0.4em; font-weight: 600; text-align: left; }
.legend .reading:empty { display: none; }
.sample { display: inline-block; width: 1.75em; margin-right: 0.4em; vertical-align: 0.3em; border-top: 3px solid; }
.sample.first { color: var(--first); }
.sample.second { color: var(--second); border-top-style: dashed; }
.sample.third { color: var(--third); border-top-style: dotted; }
@media (max-width: 40rem) { .legend { padding-left: 0; } .legend .reading { min-width: 0; } }
:focus-visible { outline: 2px solid var(--first); outline-offset: 2px; }
`;
