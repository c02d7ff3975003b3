import { once } from "node:events";
import { printableText } from "./reports/printable";
import { type ReportOutput, stdoutColors } from "./reports/terminal";
import { wrapError } from "./reports/wrapText";

type StreamName = "stdout" | "stderr";

/** Streams that a reader has closed, or that cannot be written to. */
const closed = new Set<StreamName>();
const stdoutClosed = new AbortController();

/** Aborted when nobody reads standard output any longer. */
export const outputClosed = stdoutClosed.signal;

/**
 * Prints a result to standard output, followed by a line end. Everything that a command prints goes through
 * this file, which makes it harmless for terminals and CI logs.
 */
export function print(text: string): void {
  write("stdout", `${text}\n`);
}

/** Resolves once a reader has taken enough of standard output for more, or has closed it. */
export async function outputDrained(): Promise<void> {
  const { stdout } = process;
  if (stdout.writableNeedDrain && !outputClosed.aborted)
    await once(stdout, "drain", { signal: outputClosed }).catch(() => undefined);
}

/** Prints a message to standard error, followed by a line end. */
export function printMessage(text: string): void {
  write("stderr", `${text}\n`);
}

/** Prints an error to standard error, wrapped at the width of the terminal. */
export function printError(text: string): void {
  printMessage(wrapError(text, process.stderr.columns));
}

/** Prints what a program or a pack has printed to standard error. */
export function printOutputOf(text: string): void {
  write("stderr", text);
}

/** Standard output and standard error, for a report whose text has its line ends. */
export function reportOutput(): ReportOutput {
  const stream = (name: StreamName) => ({
    write: (text: string) => {
      write(name, text);
    },
    columns: process[name].columns,
  });
  return { stdout: stream("stdout"), stderr: stream("stderr"), colors: stdoutColors() };
}

/** For a progress bar, which controls the terminal and contains no text from outside. */
export function progressStream(): NodeJS.WriteStream {
  return process.stderr;
}

/**
 * A closed output ends no command, and is no error: `| head -1` has read enough. For an output that is full
 * or fails otherwise, one line reports it, and the exit code is 2.
 */
export function watchOutput(): void {
  for (const name of ["stdout", "stderr"] as const)
    process[name].on("error", (error: NodeJS.ErrnoException) => {
      failed(name, error);
    });
}

function write(name: StreamName, text: string): void {
  if (closed.has(name)) return;
  const hasColors = name === "stdout" ? stdoutColors().isColorSupported : process[name].isTTY;
  process[name].write(printableText(text, hasColors));
}

function failed(name: StreamName, error: NodeJS.ErrnoException): void {
  if (closed.has(name)) return;
  closed.add(name);
  if (name === "stderr") return;
  stdoutClosed.abort();
  if (error.code === "EPIPE") return;
  printMessage(`Standard output cannot be written: ${error.message}`);
  process.once("exit", () => {
    process.exitCode = 2;
  });
}
