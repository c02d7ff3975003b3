import { alarmLines } from "../monitoring/alarmLines";
import { errorLogLines } from "../monitoring/errorLogLines";
import { printable } from "../reports/printable";
import { factLines, section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { type Fact, resultFacts } from "./resultFacts";
import type { SimulationDocument } from "./simulationDocument";

/** Whether everything that the stream accepted is in the bucket, without error objects. */
export function simulationSucceeded({ result: { records, objects } }: SimulationDocument): boolean {
  return records.expired === 0 && records.undelivered === 0 && objects.error === 0;
}

/**
 * The report of a simulation: one fact per line, then error log and alarms.
 *
 * @param page path of the page with plots
 */
export function simulationReport(
  document: SimulationDocument,
  page: string,
  colors: Colors,
): string {
  const { settings, result, alarms, errorLog } = document;
  // The page plots the metrics.
  const snapshot = {
    at: Date.parse(settings.begin) + result.milliseconds,
    metrics: [],
    alarms,
    errorLog,
  };
  const facts = resultFacts(document).map((fact) => [fact.name, colored(fact, colors)] as const);
  return [
    ...factLines([...facts, ["Page", printable(page)]]),
    ...section("Error log", errorLogLines(snapshot, colors), colors),
    ...section("Alarms", alarmLines(snapshot, colors), colors),
  ].join("\n");
}

function colored({ value: given, bad }: Fact, colors: Colors): string {
  const value = printable(given);
  if (bad === undefined) return value;
  return bad ? colors.red(value) : colors.green(value);
}
