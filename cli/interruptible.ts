/** Exit code of a command that was ended by Ctrl-C. */
export const interrupted = 130;

/**
 * Runs a command that shuts down cleanly on Ctrl-C or `kill`.
 *
 * @param command its signal is aborted on SIGINT and SIGTERM, and when the command has ended
 * @returns the exit code of the command; {@link interrupted} if it failed after a signal
 */
export async function interruptible(
  command: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const onInterrupt = (): void => {
    interrupt.abort();
  };
  for (const name of signals) process.once(name, onInterrupt);
  try {
    return await command(signal);
  } catch (error) {
    if (signal.aborted) return interrupted;
    throw error;
  } finally {
    for (const name of signals) process.removeListener(name, onInterrupt);
    // An operation that still waits, e.g. for an open input, would keep the process alive.
    interrupt.abort();
  }
}

const signals = ["SIGINT", "SIGTERM"] as const;
