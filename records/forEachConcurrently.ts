/**
 * Runs `task` for each item of a stream, at most `limit` at a time, in the order of the items. Takes
 * no further items after a task fails or the signal fires, even while it waits for the next item.
 * Always waits for running tasks.
 *
 * @throws the first failure of a task or of the source
 */
export async function forEachConcurrently<T>(
  items: AsyncIterable<T>,
  limit: number,
  task: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const halt = new Halt();
  const stop = (): void => {
    halt.now();
  };
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();

  const start = (item: T): void => {
    const run = task(item)
      .catch((error: unknown) => {
        failures.push(error);
        stop();
      })
      .finally(() => running.delete(run));
    running.add(run);
  };

  try {
    while (!halt.halted) {
      const next = await halt.orWait(iterator.next());
      if (!next || next.done) break;
      start(next.value);
      if (running.size >= limit) await halt.orWait(Promise.race(running));
    }
  } catch (error) {
    failures.push(error);
  }
  signal?.removeEventListener("abort", stop);
  // Not awaited: a source that is waiting for its next item responds only after that item.
  if (halt.halted) void iterator.return?.().catch(() => undefined);
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}

/**
 * Ends a wait early. A race against one long-lived promise would do the same, but keep every value
 * that ever won in memory.
 */
class Halt {
  halted = false;
  #wake = (): void => undefined;

  now(): void {
    this.halted = true;
    this.#wake();
  }

  async orWait<T>(promise: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        resolve(undefined);
      };
      promise.then(resolve, reject);
    });
  }
}
