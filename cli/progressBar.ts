import { type Options, SingleBar } from "cli-progress";
import { progressStream } from "./output";

/** A progress bar on standard error; shows nothing if standard error is not a terminal. */
export function progressBar(barsize: number, format: Options["format"] & {}): SingleBar {
  return new SingleBar({
    stream: progressStream(),
    clearOnComplete: true,
    // A killed process cannot restore the settings of the terminal, so do not change them. Each
    // command handles SIGTERM itself.
    linewrap: true,
    gracefulExit: false,
    barsize,
    format,
  });
}
