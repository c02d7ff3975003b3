import path from "node:path";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import { monitoringReport } from "../monitoring/monitoringReport";
import { byteSize, counted, grouped } from "../reports/amounts";
import { printable } from "../reports/printable";
import { badCount, factLines, section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";
import { isComplete, unsent } from "../send/sendReport";
import { comparisonNote, corruptObjects } from "../verify/verifyReport";
import type { DeliveryProgress } from "./deliveryProgress";
import type { RunResult } from "./sendThrough";
import type { Pipeline } from "./startPipeline";

/** Whether every line of the input was sent and is in the bucket. */
export function runSucceeded({ sending, lake, comparison }: RunResult): boolean {
  return comparison.missing === 0 && isComplete(sending) && lake.corrupt.length === 0;
}

/** The report of a run with an input: one fact per line, then each problem. */
export function localReport(result: RunResult, directory: string, colors: Colors): string {
  const { sending, lake, comparison, bucket } = result;
  const packed = lake.bytes > 0 ? Math.round((100 * lake.storedBytes) / lake.bytes) : 100;
  return [
    ...factLines([
      ["Sent", `${grouped(sending.sent)} records (${byteSize(sending.bytes)})`],
      ["Rejected", badCount(sending.rejected.length + sending.failed.length, colors)],
      ["Delivered", grouped(comparison.delivered)],
      ["Missing", badCount(comparison.missing, colors)],
      ["Duplicated", grouped(comparison.duplicated)],
      ["Objects", `${grouped(lake.objects)} under ${lake.prefixes.join(" ")}`],
      ["Data", byteSize(lake.bytes)],
      ["Stored", `${byteSize(lake.storedBytes)} (${packed} %)`],
      ["Directory", relative(path.join(directory, bucket))],
    ]),
    ...comparisonNote(comparison),
    ...unsent(sending, colors),
    ...corruptObjects(lake),
  ].join("\n");
}

/** The report of a run that only delivered what an earlier run had left. */
export function resumedReport(
  resumed: number,
  { records, objects }: DeliveryProgress["inObjects"],
  directory: string,
  colors: Colors,
): string {
  return factLines([
    ["Resumed", `${grouped(resumed)} records`],
    ["Delivered", grouped(records)],
    ["Missing", badCount(Math.max(0, resumed - records), colors)],
    ["Objects", grouped(objects)],
    ["Directory", relative(directory)],
  ]).join("\n");
}

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

function relative(file: string): string {
  return path.relative(process.cwd(), file);
}
