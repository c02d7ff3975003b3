/** Exit code of a command that Ctrl-C ended. */
export const interrupted = 130;

/**
 * Runs a command that Ctrl-C, or `kill`, asks to end in order by its signal.
 *
 * @returns the exit code of the command; {@link interrupted} if it failed after being asked to end
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
    // What still waits for it, an input that is open for one, would keep the process alive.
    interrupt.abort();
  }
}

const signals = ["SIGINT", "SIGTERM"] as const;
