import { writeFileSync } from "node:fs";
import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import type { KeyDistribution } from "../../../local/simulation/madeUpKeys";
import { shellWord } from "../../../records/shellWord";
import { reportedAlarms } from "../../monitoring/alarmLines";
import { escapedHtml as escaped } from "../../reports/htmlText";
import { byteSize, grouped, timeOfDay, timeText } from "../../reports/amounts";
import { factTable as table, plotFigure, plotPage } from "../../reports/plotPage";
import { type Fact, resultFacts } from "../resultFacts";
import type { SimulationDocument, SimulationSettings } from "../simulationDocument";
import { drawPlots } from "./drawPlots";
import { pageData, type Plot } from "./plots";

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
  const body = `<p>Simulated time: ${minutes} minutes from ${escaped(settings.begin)}. Times are UTC. Object sizes are
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
${data.plots.map(plotPlace).join("\n")}`;
  return plotPage({ title, body, draw: drawPlots, data });
}

/** Where a plot is drawn. Who does not see it finds its figures in the results. */
function plotPlace({ title, lines }: Plot, index: number): string {
  const names = lines.map(({ label }) => label).join(", ");
  return plotFigure(
    title,
    `${title}: ${names}, in each minute. The results above have its figures.`,
    index,
  );
}

/** The command that gives the same result, in the syntax of a POSIX shell. */
function commandOf({ stack, contents, seed, outages, ...settings }: SimulationSettings): string {
  const seconds = (milliseconds: number): string => `${milliseconds / 1000}s`;
  const { input } = contents;
  const { partitionKeys, tables = [] } = settings;
  return [
    `npx streamlake simulate --stack ${shellWord(stack)} --rate ${settings.recordsPerSecond}/s`,
    `--duration ${seconds(settings.milliseconds)} --seed ${seed}`,
    ...outages.map(
      ({ after, milliseconds }) => `--outage ${seconds(after)}/${seconds(milliseconds)}`,
    ),
    ...(settings.selected === undefined
      ? []
      : [`--delivery-stream ${shellWord(settings.selected)}`]),
    ...(partitionKeys ? [`--partitions ${partitionsText(partitionKeys)}`] : []),
    ...tables.map(
      ({ databaseName, tableName, file }) =>
        `--table ${shellWord(`${databaseName}.${tableName}=${file}`)}`,
    ),
    input === undefined ? `--size ${Math.round(contents.bytes)}B` : `--input ${shellWord(input)}`,
  ].join(" ");
}

function partitionsText({ type, values }: KeyDistribution): string {
  return type === "zipf" ? `zipf:${values}` : String(values);
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
