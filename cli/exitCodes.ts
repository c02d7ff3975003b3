import type { Command } from "commander";
import { wrapAfter } from "./reports/wrapText";

/** What each exit code of a command means: a sentence without its period, in lowercase. */
export interface ExitCodes {
  /** Success. */
  readonly 0: string;
  /** A negative result. Absent: the command has none. */
  readonly 1?: string;
  /** No result. A wrong option or argument always ends in it. */
  readonly 2: string;
  /** Ctrl-C. Absent: the command leaves that to Node.js, and there is nothing to clean up. */
  readonly 130?: string;
}

/** Of a terminal, and of the rest of the help in a pipe. */
const columns = 80;

/**
 * Ends the help of a command with its exit codes. To be called after all other additions to the help,
 * which `test/cli/help.test.ts` checks.
 */
export function addExitCodes(command: Command, codes: ExitCodes): Command {
  const lines = Object.entries(codes).flatMap(([code, meaning]: readonly [string, string]) =>
    wrapAfter(`  ${code.padEnd(5)}`, meaning, columns),
  );
  return command.addHelpText("after", ["", "Exit codes:", ...lines].join("\n"));
}
