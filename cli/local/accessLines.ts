import type { AccessReport } from "../../local/run/firehoseAccess";
import { grouped } from "../amounts";
import { counted } from "../reports/counted";
import { wrapHard } from "../reports/wrapText";
import type { Colors } from "../stdoutColors";

const COLUMNS = 76;

/** What IAM said to the calls of a run, as lines of at most 80 columns. */
export function accessLines({ denied, granted, unused }: AccessReport, colors: Colors): string[] {
  const calls =
    denied.length === 0
      ? [colors.green("no call was denied")]
      : [
          colors.red(`${counted(denied.length, "call")} denied`),
          ...denied.flatMap((message) => wrapHard(message, COLUMNS).map((line) => `  ${line}`)),
        ];
  const used = granted.length - unused.length;
  const grants = `${grouped(used)} of ${counted(granted.length, "grant")} of its roles needed in this run`;
  return ["", colors.bold("Access"), ...[...calls, grants].map((line) => `  ${line}`)];
}
