import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { Colors } from "../reports/terminal";
import { alarmLines } from "./alarmLines";
import { errorLogLines } from "./errorLogLines";
import { metricLines } from "./metricLines";

/** What CloudWatch would know of a run, as lines of at most 80 columns for the end of a report. */
export function monitoringReport(snapshot: MonitoringSnapshot, colors: Colors): string[] {
  return [
    ...section("Metrics", metricLines(snapshot.metrics), colors),
    ...section("Error log", errorLogLines(snapshot, colors), colors),
    ...section("Alarms", alarmLines(snapshot, colors), colors),
  ];
}

function section(title: string, lines: readonly string[], colors: Colors): string[] {
  return ["", colors.bold(title), ...lines.map((line) => `  ${line}`)];
}
