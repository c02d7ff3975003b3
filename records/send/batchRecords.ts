import { randomUUID } from "node:crypto";
import { type Sleep, sleep } from "./sleep";

/** A record to be sent. */
export interface OutgoingRecord {
  /** Line of the input, counted from 1. */
  readonly line: number;
  readonly data: Uint8Array;
  readonly partitionKey: string;
  /** Size of the line, before compression. */
  readonly lineBytes: number;
}

/** A record, and the line that it was before it was compressed, if it was. */
interface LineToSend {
  readonly line: number;
  readonly data: Uint8Array;
  readonly plain?: Uint8Array;
}

/** What one request may contain. */
export interface BatchLimits {
  /** Of all records. */
  readonly maxRequestBytes: number;
  /** Of a record in addition to its data. */
  readonly keyBytes: number;
}

interface BatchOptions {
  /** Waits before a batch is sent that is not full. Default: real time. */
  readonly wait?: Sleep;
  /** Ends a wait early. */
  readonly signal?: AbortSignal;
}

/**
 * Groups records, in order, into batches that fit into one request. A batch ends when it is
 * full, or about a second after its first record: a source may be slower than a batch, such as
 * `tail -f`. Each record gets a random partition key, which spreads the records over all
 * shards of a stream.
 */
export async function* batchRecords(
  records: AsyncIterable<LineToSend>,
  { keyBytes, maxRequestBytes }: BatchLimits,
  { wait = sleep, signal }: BatchOptions = {},
): AsyncGenerator<readonly OutgoingRecord[]> {
  const source = records[Symbol.asyncIterator]();
  const patience = new Patience(wait, signal);
  let batch: OutgoingRecord[] = [];
  let bytes = 0;
  try {
    let next = source.next();
    for (;;) {
      const result = await (batch.length === 0 ? next : Promise.race([next, patience.end()]));
      if (result?.done) break;
      const size = (result?.value.data.length ?? 0) + keyBytes;
      const isFull = batch.length === MAX_RECORDS_PER_REQUEST || bytes + size > maxRequestBytes;
      if (result === undefined || isFull) {
        patience.restart();
        yield batch;
        batch = [];
        bytes = 0;
      }
      if (result === undefined) continue;
      const { line, data, plain = data } = result.value;
      batch.push({ line, data, partitionKey: randomUUID(), lineBytes: plain.length });
      bytes += size;
      next = source.next();
    }
    patience.restart();
    if (batch.length > 0) yield batch;
  } finally {
    patience.restart();
    // Not awaited: a source that waits for its next record responds only after that record.
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

/** Of PutRecords and of PutRecordBatch. */
const MAX_RECORDS_PER_REQUEST = 500;
