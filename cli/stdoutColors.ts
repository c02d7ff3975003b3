import { isatty } from "node:tty";
import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours for standard output: none if it is not a terminal or NO_COLOR is set. */
export function stdoutColors(): Colors {
  // Without a plain false, createColors goes by its own guess, which takes CI for a terminal.
  return pc.createColors(isatty(process.stdout.fd) && pc.isColorSupported);
}
