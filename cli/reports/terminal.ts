import { isatty } from "node:tty";
import pc from "picocolors";
import type { Redact } from "../../engine/graph/redaction";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours for standard output: none if it is not a terminal or NO_COLOR is set. */
export function stdoutColors(): Colors {
  // Without a plain false, createColors goes by its own guess, which takes CI for a terminal.
  return pc.createColors(isatty(process.stdout.fd) && pc.isColorSupported);
}

/** Where a report and all other text go. */
export interface ReportOutput {
  readonly stdout: { write(text: string): unknown; readonly columns?: number };
  readonly stderr: { write(text: string): unknown };
  /** For `stdout`. */
  readonly colors: Colors;
}

/** Width where output is not a terminal. */
const COLUMNS = 80;

export function columnsOf({ stdout }: ReportOutput): number {
  return stdout.columns ?? COLUMNS;
}

/** How a report is set. */
export interface Layout {
  readonly columns: number;
  readonly colors: Colors;
  readonly redact: Redact;
}
