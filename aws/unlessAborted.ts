/** Resolves when the signal is aborted; nothing waits any more once `until` is. */
export function aborted(signal: AbortSignal, until: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const end = (): void => {
      resolve(undefined);
    };
    signal.addEventListener("abort", end, { once: true, signal: until });
    if (signal.aborted) end();
  });
}

/** @returns undefined if the signal is aborted first; what becomes of the promise is then ignored */
export async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([promise, aborted(signal, done.signal)]);
  } finally {
    done.abort();
  }
}
