import type { Colors } from "../stdoutColors";

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
