import { isatty } from "node:tty";
import pc from "picocolors";
import type { Redact } from "../../engine/graph/redaction";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colors for standard output: none if it is not a terminal or NO_COLOR is set. */
export function stdoutColors(): Colors {
  // By default createColors guesses, and treats CI as a terminal: pass an explicit false.
  return pc.createColors(isatty(process.stdout.fd) && pc.isColorSupported);
}

/** Where a report and its messages are written. */
export interface ReportOutput {
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
  /** Colors for `stdout`. */
  readonly colors: Colors;
}

/** Width in columns if the output is not a terminal. */
const COLUMNS = 80;

export function columnsOf({ stdout }: ReportOutput): number {
  return stdout.columns ?? COLUMNS;
}

/** How a report is formatted. */
export interface Layout {
  readonly columns: number;
  readonly colors: Colors;
  readonly redact: Redact;
}
