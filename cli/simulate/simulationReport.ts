import { factLines } from "../reports/factLines";
import { alarmLines } from "../monitoring/alarmLines";
import { errorLogLines } from "../monitoring/errorLogLines";
import type { Colors } from "../reports/terminal";
import { resultFacts, type Fact } from "./resultFacts";
import type { SimulationDocument } from "./simulationDocument";

/** Everything that the stream accepted is in the bucket, and none of it as an error. */
export function simulationSucceeded({ result: { records, objects } }: SimulationDocument): boolean {
  return records.expired === 0 && records.undelivered === 0 && objects.error === 0;
}

/**
 * What came of a simulation, as text for a person: one fact a line.
 *
 * @param page where the page with plots is
 */
export function simulationReport(
  document: SimulationDocument,
  page: string,
  colors: Colors,
): string {
  const { settings, result, alarms, errorLog } = document;
  // The metrics are plotted.
  const snapshot = {
    at: Date.parse(settings.begin) + result.milliseconds,
    metrics: [],
    alarms,
    errorLog,
  };
  const facts = resultFacts(document).map((fact) => [fact.name, colored(fact, colors)] as const);
  return [
    ...factLines([...facts, ["Page", page]]),
    ...section("Error log", errorLogLines(snapshot, colors), colors),
    ...section("Alarms", alarmLines(snapshot, colors), colors),
  ].join("\n");
}

function colored({ value, bad }: Fact, colors: Colors): string {
  if (bad === undefined) return value;
  return bad ? colors.red(value) : colors.green(value);
}

function section(title: string, lines: readonly string[], colors: Colors): string[] {
  return ["", colors.bold(title), ...lines.map((line) => `  ${line}`)];
}
