import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import { section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { alarmLines } from "./alarmLines";
import { errorLogLines } from "./errorLogLines";
import { metricLines } from "./metricLines";

/** What CloudWatch would show of a run: lines of at most 80 columns for the end of a report. */
export function monitoringReport(snapshot: MonitoringSnapshot, colors: Colors): string[] {
  return [
    ...section("Metrics", metricLines(snapshot.metrics), colors),
    ...section("Error log", errorLogLines(snapshot, colors), colors),
    ...section("Alarms", alarmLines(snapshot, colors), colors),
  ];
}
