import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import { shellWord } from "../../../records/shellWord";
import { reportedAlarms } from "../../monitoring/alarmLines";
import { escapedHtml as escaped } from "../../reports/htmlText";
import { byteSize, grouped, timeOfDay, timeText } from "../../reports/amounts";
import { type Fact, resultFacts } from "../resultFacts";
import type { SimulationDocument, SimulationSettings } from "../simulationDocument";
import { drawPlots } from "./drawPlots";
import { pageData, type Plot } from "./plots";

/**
 * Creates the directory of a page, so that a place that cannot be written is reported before anything
 * starts.
 *
 * @throws Error if the page cannot be written there
 */
export function preparePage(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    if (existsSync(file)) closeSync(openSync(file, "r+"));
    else accessSync(path.dirname(file), constants.W_OK);
  } catch (error) {
    throw new Error(
      `The page cannot be written to ${file}: ${(error as Error).message}. ` +
        "Specify a file in a writable directory with --report.",
      { cause: error },
    );
  }
}

/** Writes the page of a simulation as one file that opens without a network. */
export function writeReportPage(file: string, document: SimulationDocument): void {
  writeFileSync(file, reportPage(document));
}

/** The page: settings, results, alarms and error log, and plots over time. */
export function reportPage(document: SimulationDocument): string {
  const { settings, result } = document;
  const title = `Simulation of ${settings.deliveryStream.name}, stack ${settings.stack}`;
  const data = pageData(document);
  const minutes = Math.round(result.milliseconds / 60_000);
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
<h1>${escaped(title)}</h1>
<p>Simulated time: ${minutes} minutes from ${escaped(settings.begin)}. Times are UTC. Object sizes are
estimated from a compressed sample of the records; the duration of S3 calls is assumed.</p>
<pre tabindex="0" aria-label="Command of this simulation">${escaped(commandOf(settings))}</pre>
<h2>Settings and results</h2>
${table([...resultFacts(document), bufferFact(settings), ...endFacts(document)])}
<h2>Alarms</h2>
${table(alarmFacts(document))}
<h2>Error log</h2>
${table(errorLogFacts(document))}
<h2>Over time</h2>
<p>${settings.outages.length > 0 ? "Areas shaded in red are outages of S3. " : ""}The gray area at the
end is after the end of the traffic.</p>
${data.plots.map(plotPlace).join("\n")}
<script>${fileOf("uplot/dist/uPlot.iife.min.js")}</script>
<script>(${drawPlots.toString()})(uPlot, ${scriptValue(data)});</script>
</body>
</html>
`;
}

/** The page loads nothing: its styles and scripts are inline. */
const contentSecurity = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** Where a plot is drawn. Who does not see it finds its figures in the results. */
function plotPlace({ title, lines }: Plot, index: number): string {
  const names = lines.map(({ label }) => label).join(", ");
  const label = escaped(`${title}: ${names}, in each minute. The results above have its figures.`);
  return `<h3>${escaped(title)}</h3>\n<div id="plot-${index}" role="img" aria-label="${label}"></div>`;
}

/** The command that gives the same result, in the syntax of a POSIX shell. */
function commandOf({ stack, contents, seed, outages, ...settings }: SimulationSettings): string {
  const seconds = (milliseconds: number): string => `${milliseconds / 1000}s`;
  const { input } = contents;
  return [
    `npx streamlake simulate --stack ${shellWord(stack)} --rate ${settings.recordsPerSecond}/s`,
    `--duration ${seconds(settings.milliseconds)} --seed ${seed}`,
    ...outages.map(
      ({ after, milliseconds }) => `--outage ${seconds(after)}/${seconds(milliseconds)}`,
    ),
    input === undefined ? `--size ${Math.round(contents.bytes)}B` : `--input ${shellWord(input)}`,
  ].join(" ");
}

function bufferFact({ deliveryStream }: SimulationSettings): Fact {
  const { bufferBytes, bufferSeconds, compression } = deliveryStream;
  const value = `${byteSize(bufferBytes)} or ${bufferSeconds} s, ${compression}`;
  return { name: "Buffer", value };
}

/** The objects after the end of the traffic: each holds what was left, so the result has a tail. */
function endFacts({ settings, result }: SimulationDocument): readonly Fact[] {
  const end = Math.floor(settings.milliseconds / 60_000);
  const { objects, latency } = result.minutes;
  const after = objects.slice(end).reduce((sum, count) => sum + count, 0);
  if (after === 0) return [];
  const before = Math.max(0, ...latency.max.slice(0, end).map((most) => most ?? 0));
  const value =
    `${grouped(after)} of the objects came after the end of the traffic, with what was left. ` +
    `Before it, the largest latency was ${timeText(before)}.`;
  return [{ name: "End", value }];
}

/** How many lines there are, and the newest. */
function errorLogFacts({ settings, result, errorLog }: SimulationDocument): readonly Fact[] {
  if (errorLog.count === 0) return [{ name: "None", value: "Nothing was logged.", bad: false }];
  const end = Date.parse(settings.begin) + result.milliseconds;
  const newest = errorLog.lines.slice(-shownLogLines).reverse();
  return [
    { name: "Lines", value: grouped(errorLog.count), bad: true },
    ...newest.map(({ at, message }) => ({ name: timeOfDay(at, end), value: message })),
  ];
}

const shownLogLines = 10;

function table(facts: readonly Fact[]): string {
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

/** Each reported alarm, with its state changes. */
function alarmFacts({ settings, result, alarms }: SimulationDocument): readonly Fact[] {
  const end = Date.parse(settings.begin) + result.milliseconds;
  const reported = reportedAlarms(alarms);
  if (reported.length === 0) return [{ name: "None", value: "The program declares no alarms." }];
  return reported.map((alarm) => alarmFact(alarm, end));
}

function alarmFact(alarm: AlarmResult, end: number): Fact {
  const name = alarm.resource;
  if ("notEvaluated" in alarm) return { name, value: `not evaluated: ${alarm.notEvaluated}` };
  const { transitions, state } = alarm;
  const fired = transitions.findIndex((change) => change.state === "ALARM");
  if (fired < 0) {
    const value = `would not have fired; ${state} at the end`;
    // Without data, an alarm proves nothing.
    return { name, value, ...(state === "OK" && { bad: false }) };
  }
  const changes = transitions
    .slice(fired)
    .map((change) => `${change.state} ${timeOfDay(change.at, end)}`);
  return { name, value: `would have fired: ${changes.join(", ")}`, bad: true };
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
  font: 15px/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.5rem; margin: 0.5rem 0; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
pre { overflow: auto; padding: 0.5rem 0.75rem; border: 1px solid var(--grid); white-space: pre-wrap; }
p { color: var(--muted); margin: 0.25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.75rem 0.2rem 0; }
th { font-weight: 600; white-space: nowrap; width: 9rem; }
tr { border-bottom: 1px solid var(--grid); }
td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.bad { color: var(--bad); }
.good { color: var(--good); }
@media (max-width: 40rem) {
  th, td { display: block; width: auto; padding-right: 0; }
  th { padding-bottom: 0; white-space: normal; overflow-wrap: anywhere; }
  td { padding-top: 0; }
}
.uplot { font-family: inherit; }
`;
