import { writeFileSync } from "node:fs";
import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import type { KeyDistribution } from "../../../local/simulation/madeUpKeys";
import { shellWord } from "../../../records/shellWord";
import type { LogLine } from "../../../local/monitoring/monitoring";
import { reportedAlarms } from "../../monitoring/alarmLines";
import { groupedBy } from "../../reports/groupedBy";
import { escapedHtml as escaped } from "../../reports/htmlText";
import { byteSize, counted, grouped, timeOfDay, timeText } from "../../../records/amounts";
import { factTable as table, plotFigure, plotHelp, plotPage } from "../../reports/plotPage";
import { type Fact, resultFacts } from "../resultFacts";
import type { SimulationDocument, SimulationSettings } from "../simulationDocument";
import { simulationSucceeded } from "../simulationReport";
import { drawPlots } from "./drawPlots";
import { type PageData, pageData } from "./plots";

/** Writes the page of a simulation as one file that opens without a network. */
export function writeReportPage(file: string, document: SimulationDocument): void {
  writeFileSync(file, reportPage(document));
}

/** The page: settings, results, alarms and error log, and plots over time. */
export function reportPage(document: SimulationDocument): string {
  const { settings, result } = document;
  const title = `Simulation of ${settings.deliveryStream.name}, stack ${settings.stack}`;
  const data = pageData(document);
  const body = `${verdict(document)}
<p>Simulated time: ${timeText(result.milliseconds)} from ${startText(settings.begin)}. All times are UTC.
Object sizes are estimated from a compressed sample of the records; the duration of S3 calls is assumed.</p>
<pre>${escaped(commandOf(settings))}</pre>
<h2>Settings and results</h2>
${table([...resultFacts(document), bufferFact(settings), ...endFacts(document)])}
<h2>Alarms</h2>
${table(alarmFacts(document))}
<h2>Error log</h2>
${table(errorLogFacts(document))}
<h2>Over time</h2>
<p>${settings.outages.length > 0 ? "Areas shaded in red are outages of S3. " : ""}The gray area at the
end is after the end of the traffic. A line of objects is interrupted where none was delivered.</p>
${plotHelp}
${figures(data)}`;
  return plotPage({ title, body, draw: drawPlots, data });
}

/** The result in one line, for who reads no further. */
function verdict(document: SimulationDocument): string {
  const { records, objects } = document.result;
  const fired = pageData(document).alarms.length;
  const lost = [
    ...(records.expired > 0 ? [`${counted(records.expired, "record")} expired`] : []),
    ...(records.undelivered > 0 ? [`${counted(records.undelivered, "record")} not delivered`] : []),
    ...(objects.error > 0 ? [counted(objects.error, "error object")] : []),
  ];
  const delivery = simulationSucceeded(document)
    ? `<strong class="good">Every accepted record was delivered.</strong>`
    : `<strong class="bad">Not everything was delivered: ${lost.join(", ")}.</strong>`;
  const alarms = fired === 0 ? "No alarm" : counted(fired, "alarm");
  return `<p class="verdict">${delivery} ${alarms} would have fired.</p>`;
}

/** Where the plots are drawn, and below them when alarms were in ALARM. */
function figures({ plots, alarms }: PageData): string {
  const titles = plots.map(({ title }) => title);
  return [...titles, ...(alarms.length > 0 ? ["Alarms in state ALARM"] : [])]
    .map(plotFigure)
    .join("\n");
}

function startText(begin: string): string {
  return `${begin.slice(0, 16).replace("T", " ")} UTC`;
}

/** The command that gives the same result, in the syntax of a POSIX shell. */
function commandOf({ stack, contents, seed, outages, ...settings }: SimulationSettings): string {
  const { input } = contents;
  const { partitionKeys, tables = [] } = settings;
  return [
    `npx streamlake simulate --stack ${shellWord(stack)} --rate ${settings.recordsPerSecond}/s`,
    `--duration ${durationOption(settings.milliseconds)} --seed ${seed}`,
    ...outages.map(
      ({ after, milliseconds }) =>
        `--outage ${durationOption(after)}/${durationOption(milliseconds)}`,
    ),
    ...(settings.selected === undefined
      ? []
      : [`--delivery-stream ${shellWord(settings.selected)}`]),
    ...(partitionKeys ? [`--partitions ${partitionsText(partitionKeys)}`] : []),
    ...tables.map(
      ({ databaseName, tableName, file }) =>
        `--table ${shellWord(`${databaseName}.${tableName}=${file}`)}`,
    ),
    input === undefined
      ? `--size ${sizeOption(Math.round(contents.bytes))}`
      : `--input ${shellWord(input)}`,
  ].join(" ");
}

/** Exact, in the largest unit that keeps it whole: 2h, 90m, 45s. */
function durationOption(milliseconds: number): string {
  if (milliseconds % 3_600_000 === 0) return `${milliseconds / 3_600_000}h`;
  if (milliseconds % 60_000 === 0) return `${milliseconds / 60_000}m`;
  return `${milliseconds / 1000}s`;
}

function sizeOption(bytes: number): string {
  return bytes % 1024 === 0 ? `${bytes / 1024}KiB` : `${bytes}B`;
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

/** How many lines there are, and the newest messages, each once. */
function errorLogFacts({ settings, result, errorLog }: SimulationDocument): readonly Fact[] {
  if (errorLog.count === 0) return [{ name: "None", value: "Nothing was logged.", bad: false }];
  const end = Date.parse(settings.begin) + result.milliseconds;
  const newestFirst = [...errorLog.lines].reverse();
  const groups = groupedBy(newestFirst, ({ message }) => message).map(([, lines]) => lines);
  const more = groups.length - shownMessages;
  return [
    { name: "Lines", value: grouped(errorLog.count), bad: true },
    ...groups.slice(0, shownMessages).map((lines) => logFact(lines, end)),
    ...(more > 0 ? [{ name: "More", value: counted(more, "more message") }] : []),
  ];
}

/** @param lines with the same message, newest first */
function logFact(lines: readonly LogLine[], end: number): Fact {
  const [newest = { at: 0, message: "" }] = lines;
  const oldest = lines.at(-1) ?? newest;
  const when =
    lines.length === 1
      ? timeOfDay(newest.at, end)
      : `${grouped(lines.length)} times, from ${timeOfDay(oldest.at, end)} to ${timeOfDay(newest.at, end)}`;
  return { name: when, value: newest.message };
}

const shownMessages = 10;

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
