import pc from "picocolors";
import type { Redact } from "../../engine/graph/redaction";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colors for standard output: none if it is not a terminal, or if NO_COLOR is set. */
export function stdoutColors(
  stdout: { readonly isTTY?: boolean } = process.stdout,
  env: NodeJS.ProcessEnv = process.env,
): Colors {
  // Not pc.isColorSupported: it is decided when picocolors loads, and treats CI as a terminal.
  const { isTTY = false } = stdout;
  return pc.createColors(isTTY && !env["NO_COLOR"] && env["TERM"] !== "dumb");
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
