import type { SendSummary } from "../../records/send/sendRecords";
import { byteSize, counted, grouped } from "../../records/amounts";
import { printable } from "../reports/printable";
import { listed } from "../reports/reportLines";
import type { TargetEntry } from "../../records/target/target";
import type { Colors } from "../reports/terminal";
import { type AggregationResult, savingsLines } from "./aggregation";

/** Whether every line was sent; blank lines do not count. */
export function isComplete({ rejected, failed, stopped }: SendSummary): boolean {
  return rejected.length === 0 && failed.length === 0 && !stopped;
}

/** What was sent, and how; the document that `--json` prints. */
export interface Sent extends SendSummary {
  /** Present if lines were packed. */
  readonly aggregation?: AggregationResult;
  /** Records that got a random partition key, because they have no field for one. */
  readonly withoutPartitionKeyField?: number;
}

/** The report of `send`: what was sent, and what was not. */
export function sendReport(
  summary: Sent,
  { name, type }: Pick<TargetEntry, "name" | "type">,
  colors: Colors,
): string {
  const { sent, bytes, skippedBlank, requests, retries, aggregation, stopped } = summary;
  const { withoutPartitionKeyField: without = 0 } = summary;
  const mark = isComplete(summary) ? colors.green("Sent") : colors.yellow("Sent");
  const facts = [
    `${mark} ${counted(sent, "record")} (${byteSize(bytes)}) to ${printable(name)}`,
    ` in ${counted(requests, "request")}`,
    retries > 0 ? `, ${grouped(retries)} of them retries` : "",
    skippedBlank > 0 ? `; skipped ${counted(skippedBlank, "blank line")}` : "",
  ].join("");
  const isInterleaved = stopped && aggregation && summary.withoutPartitionKeyField !== undefined;
  return [
    `${facts}.`,
    ...(without > 0
      ? [`${counted(without, "record")} without the field got a random partition key.`]
      : []),
    ...(aggregation ? savingsLines(aggregation, type) : []),
    ...unsent(summary, colors),
    ...(isInterleaved
      ? ["Lines before it may be missing as well: records are packed by their keys."]
      : []),
  ].join("\n");
}

/** Says that each line is compressed before it is sent. */
export function compressionNote(name: string): string {
  return `Compressing each line with GZIP, as the producers of ${printable(name)} do.`;
}

/** Each part of the input that was not sent, with the reason. */
export function unsent({ rejected, failed, stopped }: SendSummary, colors: Colors): string[] {
  return [
    ...listed(
      colors.red(`Rejected ${counted(rejected.length, "line")}, not sent`),
      rejected.map(({ line, reason }) => `line ${line}: ${reason}`),
    ),
    ...listed(
      colors.red(`Not accepted: ${counted(failed.length, "record")}`),
      failed.map(({ line, firstLine, code, message }) => {
        const lines = firstLine === undefined ? `line ${line}` : `lines ${firstLine} to ${line}`;
        return `${lines}: ${code}: ${message}`;
      }),
    ),
    ...(stopped ? ["", colors.red(stoppedLine(stopped))] : []),
  ];
}

function stoppedLine({ afterLine, reason, unsentLines }: Required<SendSummary>["stopped"]): string {
  const read =
    unsentLines === undefined ? "" : ` (${counted(unsentLines, "line")} read and not sent)`;
  return `Nothing after line ${afterLine} was sent: ${printable(reason)}${read}`;
}
