import { type Sleep, sleep } from "./sleep";

/** What one batch may contain. */
export interface BatchSize {
  readonly maxItems: number;
  readonly maxBytes: number;
}

export interface BatchOptions {
  /** Waits before a batch ends that is not full. Default: real time. */
  readonly wait?: Sleep;
  /** Ends a wait early. */
  readonly signal?: AbortSignal;
}

/**
 * Groups items in order. A batch ends when it is full, or about a second after its first item: a source may
 * be slower than a batch, such as `tail -f`.
 *
 * @param bytesOf size of an item; one that is larger than a batch is a batch of its own
 */
export async function* timedBatches<T>(
  items: AsyncIterable<T>,
  bytesOf: (item: T) => number,
  { maxItems, maxBytes }: BatchSize,
  { wait = sleep, signal }: BatchOptions = {},
): AsyncGenerator<readonly T[]> {
  const source = items[Symbol.asyncIterator]();
  const patience = new Patience(wait, signal);
  let batch: T[] = [];
  let bytes = 0;
  try {
    let next = source.next();
    for (;;) {
      const result = await (batch.length === 0 ? next : Promise.race([next, patience.end()]));
      if (result?.done) break;
      const size = result === undefined ? 0 : bytesOf(result.value);
      const isFull = batch.length > 0 && (batch.length === maxItems || bytes + size > maxBytes);
      if (result === undefined || isFull) {
        patience.restart();
        yield batch;
        batch = [];
        bytes = 0;
      }
      if (result === undefined) continue;
      batch.push(result.value);
      bytes += size;
      next = source.next();
    }
    patience.restart();
    if (batch.length > 0) yield batch;
  } finally {
    patience.restart();
    // Not awaited: a source that waits for its next item responds only after that item.
    void source.return?.().catch(() => undefined);
  }
}

/** A wait of {@link LINGER_MS} that starts when it is first asked for. */
class Patience {
  readonly #wait: Sleep;
  readonly #signal: AbortSignal | undefined;
  #cancel: AbortController | undefined;
  #end: Promise<undefined> | undefined;

  constructor(wait: Sleep, signal: AbortSignal | undefined) {
    this.#wait = wait;
    this.#signal = signal;
  }

  end(): Promise<undefined> {
    return (this.#end ??= this.#start());
  }

  restart(): void {
    this.#cancel?.abort();
    this.#cancel = undefined;
    this.#end = undefined;
  }

  async #start(): Promise<undefined> {
    const cancel = new AbortController();
    const stop = (): void => {
      cancel.abort();
    };
    this.#cancel = cancel;
    this.#signal?.addEventListener("abort", stop);
    if (this.#signal?.aborted) stop();
    await this.#wait(LINGER_MS, cancel.signal);
    this.#signal?.removeEventListener("abort", stop);
    return undefined;
  }
}

/** How long the first record of a batch waits for others. */
const LINGER_MS = 1000;
