import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { resultFacts, type Fact } from "../resultFacts";
import type { SimulationDocument } from "../simulationDocument";
import { alarmFacts } from "./alarmFacts";
import { drawPlots } from "./drawPlots";
import { escaped, scriptValue } from "./html";
import { pageData } from "./plots";
import { style } from "./style";

/**
 * Writes the page of a simulation, whole in one file: it opens without a network.
 *
 * @throws Error if the file cannot be written
 */
export function writeReportPage(file: string, document: SimulationDocument): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, reportPage(document));
}

/** Tables of settings, results and alarms, and the plots over time. */
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
<p>Simulated time: ${minutes} minutes from ${escaped(settings.begin)} on. Times are UTC. Sizes of
objects are estimated from a packed sample of the records; how long S3 takes for an object is assumed.
What is shaded is an outage of S3.</p>
${data.plots.map((plot, index) => `<h2>${escaped(plot.title)}</h2>\n<div id="plot-${index}"></div>`).join("\n")}
<h2>Settings and results</h2>
${table(resultFacts(document))}
<h2>Alarms</h2>
${table(alarmFacts(document))}
<script>${fileOf("uplot/dist/uPlot.iife.min.js")}</script>
<script>(${drawPlots.toString()})(uPlot, ${scriptValue(data)});</script>
</body>
</html>
`;
}

/** Nothing comes from anywhere but the page itself. */
const contentSecurity = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

function table(facts: readonly Fact[]): string {
  const rows = facts.map(({ name, value, bad }) => {
    const mark = bad === undefined ? "" : ` class="${bad ? "bad" : "good"}"`;
    return `<tr><th scope="row">${escaped(name)}</th><td${mark}>${escaped(value)}</td></tr>`;
  });
  return `<table>\n${rows.join("\n")}\n</table>`;
}

/** The text of a file of a package. */
function fileOf(name: string): string {
  return readFileSync(require.resolve(name), "utf8");
}
