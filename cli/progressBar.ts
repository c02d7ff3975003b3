import { type Options, SingleBar } from "cli-progress";

/** A line on standard error that moves; nothing if that is no terminal. */
export function progressBar(barsize: number, format: Options["format"] & {}): SingleBar {
  return new SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    // A killed process cannot give the terminal its settings back, so leave them, and SIGTERM, alone.
    linewrap: true,
    gracefulExit: false,
    barsize,
    format,
  });
}
