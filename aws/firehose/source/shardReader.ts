import type { Awaitable } from "../../awaitable";
import type { Clock } from "../../clock";
import type { Positions } from "../delivery/checkpoints";
import type { DeliveryCalls } from "../delivery/deliveryCalls";
import type { ReadBudget } from "./readBudget";
import type { RecordPage, StreamSource } from "./streamSource";

export interface ReadContext {
  readonly source: StreamSource;
  readonly calls: DeliveryCalls;
  readonly clock: Clock;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
  /** Takes over the records. A promise resolves when it accepts more; undefined: it accepts more now. */
  readonly accept: (shardId: string, page: RecordPage) => Promise<void> | undefined;
  /** By shard, the record after which to start. Other shards start with their oldest record. */
  readonly positions: Positions;
}

/** A page with its part of the budget. */
interface PageRead {
  readonly page: RecordPage;
  /** Returns the part. */
  readonly release: () => void;
}

/**
 * Reads a shard from its position, in order, each record once. A page that is there at once and
 * accepted at once is handled without a promise.
 */
export class ShardReader {
  readonly #shardId: string;
  readonly #context: ReadContext;
  readonly #budget: ReadBudget;
  #lastRead: string | undefined;
  #iterator: string | undefined;
  #expectedBytes = maximumPageBytes;

  constructor(shardId: string, context: ReadContext, budget: ReadBudget) {
    this.#shardId = shardId;
    this.#context = context;
    this.#budget = budget;
    this.#lastRead = context.positions.get(shardId);
  }

  /**
   * @returns true at the end of a shard that was split or merged, false if the delivery stream drains
   *   or gives up
   */
  async readAll(): Promise<boolean> {
    const { calls, clock } = this.#context;
    for (;;) {
      const begun = clock.monotonic();
      const isDraining = calls.draining.aborted;
      const reading = calls.repeat("GetRecords", this.#read);
      const read = reading instanceof Promise ? await reading : reading;
      if (read === undefined) return false;
      const { page } = read;
      const accepting = this.#handOver(read);
      if (accepting !== undefined) await accepting;
      if (page.nextIterator === undefined) return true;
      const isBehind = page.millisBehindLatest > 0;
      if (isDraining && !isBehind) return false;
      this.#iterator = page.nextIterator;
      this.#expectedBytes = isBehind ? maximumPageBytes : bytesOf(page);
      const left = this.#gap(isBehind) - (clock.monotonic() - begun);
      if (left > 0 || !calls.draining.aborted) await calls.pause(Math.max(0, left));
    }
  }

  /** Between the beginnings of two reads, in milliseconds. */
  #gap(isBehind: boolean): number {
    const { calls, pollMilliseconds } = this.#context;
    if (!calls.draining.aborted) return pollMilliseconds;
    return Math.min(pollMilliseconds, isBehind ? drainingPollMilliseconds : 0);
  }

  /** @returns undefined on giving up */
  readonly #read = (signal: AbortSignal): Awaitable<PageRead | undefined> => {
    const iterator = this.#iterator;
    if (iterator === undefined) return this.#readFromPosition(signal);
    const release = this.#budget.take(this.#expectedBytes);
    return release instanceof Promise
      ? release.then((taken) => this.#page(iterator, taken, signal))
      : this.#page(iterator, release, signal);
  };

  async #readFromPosition(signal: AbortSignal): Promise<PageRead | undefined> {
    const { calls, source } = this.#context;
    this.#iterator = await calls.repeat("GetShardIterator", () =>
      source.shardIterator(this.#shardId, this.#lastRead, signal),
    );
    return this.#iterator === undefined ? undefined : this.#read(signal);
  }

  #page(iterator: string, release: () => void, signal: AbortSignal): Awaitable<PageRead> {
    // If the call fails, e.g. because the iterator expired, the next attempt requests a new one.
    this.#iterator = undefined;
    try {
      signal.throwIfAborted();
      const page = this.#context.source.records(iterator, signal);
      if (!(page instanceof Promise)) return { page, release };
      return this.#received(page, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  async #received(page: Promise<RecordPage>, release: () => void): Promise<PageRead> {
    try {
      return { page: await page, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** @returns a promise if the page is not accepted at once */
  #handOver({ page, release }: PageRead): Promise<void> | undefined {
    let accepting: Promise<void> | undefined;
    this.#lastRead = page.records.at(-1)?.sequenceNumber ?? this.#lastRead;
    try {
      accepting = this.#context.accept(this.#shardId, page);
      return accepting?.finally(release);
    } finally {
      if (accepting === undefined) release();
    }
  }
}

function bytesOf({ records }: RecordPage): number {
  let bytes = 0;
  for (const { data } of records) bytes += data.length;
  return bytes;
}

/** Between two GetRecords calls while the stream drains. Kinesis allows five a second to one shard. */
const drainingPollMilliseconds = 200;

/** Of GetRecords. The first page of a shard can have as much, and one of a shard that is behind. */
export const maximumPageBytes = 10 * 1024 * 1024;
