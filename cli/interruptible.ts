import { outputClosed } from "./output";

/** Exit code of a command that was ended by Ctrl-C. */
export const interrupted = 130;

/** SIGHUP is sent when the terminal is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface InterruptOptions {
  /**
   * What a second signal does: `exit` ends the process; with `give-up` the command ends early by
   * itself, and a third signal ends the process. Default: `exit`.
   */
  readonly onSecondSignal?: "exit" | "give-up";
}

/**
 * Runs a command that shuts down cleanly on Ctrl-C, on `kill`, when its terminal is closed, and when nobody
 * reads its output any longer.
 *
 * @param command its first signal is aborted by the first of them, and when the command has ended; its
 *   second one by the second
 * @returns the exit code of the command; {@link interrupted} if it failed after a signal
 */
export async function interruptible(
  command: (signal: AbortSignal, giveUp: AbortSignal) => Promise<number>,
  { onSecondSignal = "exit" }: InterruptOptions = {},
): Promise<number> {
  const interrupt = new AbortController();
  const giveUp = new AbortController();
  const { signal } = interrupt;
  const onSignal = (): void => {
    if (!signal.aborted) interrupt.abort();
    else if (onSecondSignal === "give-up" && !giveUp.signal.aborted) giveUp.abort();
    else process.exit(interrupted);
  };
  const onClosed = (): void => {
    interrupt.abort();
  };
  for (const name of signals) process.on(name, onSignal);
  outputClosed.addEventListener("abort", onClosed);
  try {
    return await command(signal, giveUp.signal);
  } catch (error) {
    if (signal.aborted) return interrupted;
    throw error;
  } finally {
    for (const name of signals) process.removeListener(name, onSignal);
    outputClosed.removeEventListener("abort", onClosed);
    // An operation that still waits, e.g. for an open input, would keep the process alive.
    interrupt.abort();
  }
}
