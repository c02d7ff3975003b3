import type { SendSummary } from "../../records/send/sendRecords";
import { byteSize, counted, grouped } from "../reports/amounts";
import { printable } from "../reports/printable";
import { listed } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";

/** Whether every line was sent; blank lines do not count. */
export function isComplete({ rejected, failed, stopped }: SendSummary): boolean {
  return rejected.length === 0 && failed.length === 0 && !stopped;
}

/** The report of `send`: what was sent, and what was not. */
export function sendReport(summary: SendSummary, name: string, colors: Colors): string {
  const { sent, bytes, skippedBlank, requests, retries } = summary;
  const mark = isComplete(summary) ? colors.green("Sent") : colors.yellow("Sent");
  const facts = [
    `${mark} ${counted(sent, "record")} (${byteSize(bytes)}) to ${printable(name)}`,
    ` in ${counted(requests, "request")}`,
    retries > 0 ? `, ${grouped(retries)} of them retries` : "",
    skippedBlank > 0 ? `; skipped ${counted(skippedBlank, "blank line")}` : "",
  ].join("");
  return [`${facts}.`, ...unsent(summary, colors)].join("\n");
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
      failed.map(({ line, code, message }) => `line ${line}: ${code}: ${message}`),
    ),
    ...(stopped ? ["", colors.red(stoppedLine(stopped))] : []),
  ];
}

function stoppedLine({ afterLine, reason, unsentLines }: Required<SendSummary>["stopped"]): string {
  const read =
    unsentLines === undefined ? "" : ` (${counted(unsentLines, "line")} read and not sent)`;
  return `Nothing after line ${afterLine} was sent: ${printable(reason)}${read}`;
}
