import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import { monitoringReport } from "../monitoring/monitoringReport";
import { counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";
import type { Pipeline } from "./startPipeline";

/** The end of every report: IAM, metrics, error log and alarms. */
export function closingReport(
  pipeline: Pick<Pipeline, "access">,
  monitoring: MonitoringSnapshot,
  colors: Colors,
): string {
  return [
    ...section("Access", accessLines(pipeline.access(), colors), colors),
    ...monitoringReport(monitoring, colors),
  ].join("\n");
}

/** 80, less the indents of the section and of a message. */
const COLUMNS = 76;

/** The calls that IAM denied, and how many grants were needed. */
function accessLines({ denied, granted, unused }: AccessReport, colors: Colors): string[] {
  const calls =
    denied.length === 0
      ? [colors.green("no calls were denied")]
      : [
          colors.red(`${counted(denied.length, "call")} denied`),
          ...denied.flatMap((message) =>
            wrapHard(printable(message), COLUMNS).map((line) => `  ${line}`),
          ),
        ];
  const used = granted.length - unused.length;
  return [
    ...calls,
    `${grouped(used)} of ${counted(granted.length, "grant")} of its roles needed in this run`,
  ];
}
