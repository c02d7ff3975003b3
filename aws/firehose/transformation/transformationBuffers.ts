import type { Clock } from "../../clock";
import type { SourceRecord } from "../source/streamSource";

/** When the records of a shard go to the function, whichever comes first. */
interface TransformationHints {
  /** Of data in the records, as they were read. */
  readonly sizeBytes: number;
  /** From the first record in the buffer; 0 calls the function at once. */
  readonly intervalMilliseconds: number;
}

/** Takes over records of a shard; a promise resolves when it accepts more. */
type Accept = (shardId: string, records: readonly SourceRecord[]) => Promise<void> | undefined;

/**
 * The buffers in front of a function, one for each shard: they collect pages until there is as much as one
 * call should have. Records in a buffer are not taken over yet, so no checkpoint passes them, and pages
 * of a shard are passed on in their order, one after the other.
 */
export class TransformationBuffers {
  readonly #hints: TransformationHints;
  readonly #clock: Clock;
  readonly #accept: Accept;
  readonly #buffers = new Map<string, ShardBuffer>();

  constructor(hints: TransformationHints, clock: Clock, accept: Accept) {
    this.#hints = hints;
    this.#clock = clock;
    this.#accept = accept;
  }

  /**
   * @param isLast whether the shard has no further records
   * @returns undefined if it accepts more now; otherwise a promise that resolves when it does
   */
  add(
    shardId: string,
    records: readonly SourceRecord[],
    isLast: boolean,
  ): Promise<void> | undefined {
    let buffer = this.#buffers.get(shardId);
    if (buffer === undefined) this.#buffers.set(shardId, (buffer = new ShardBuffer()));
    buffer.add(records);
    const { sizeBytes, intervalMilliseconds } = this.#hints;
    const isFull = buffer.bytes >= sizeBytes || intervalMilliseconds === 0;
    if (isLast || (isFull && records.length > 0)) return this.#pass(shardId, buffer);
    if (buffer.timer === undefined && buffer.count > 0) void this.#passLater(shardId, buffer);
    return undefined;
  }

  /** Passes on everything, without waiting for the end of an interval. */
  async flush(): Promise<void> {
    await Promise.all([...this.#buffers].map(([shardId, buffer]) => this.#pass(shardId, buffer)));
  }

  async #passLater(shardId: string, buffer: ShardBuffer): Promise<void> {
    const timer = (buffer.timer = new AbortController());
    await this.#clock.sleep(this.#hints.intervalMilliseconds, timer.signal);
    if (!timer.signal.aborted) await this.#pass(shardId, buffer);
  }

  /** After what is being passed on already. */
  #pass(shardId: string, buffer: ShardBuffer): Promise<void> {
    return (buffer.passing = buffer.passing.then(() =>
      buffer.count > 0 ? this.#accept(shardId, buffer.take()) : undefined,
    ));
  }
}

class ShardBuffer {
  passing: Promise<void> = Promise.resolve();
  /** Of the interval; undefined while the buffer is empty. */
  timer: AbortController | undefined;
  #records: SourceRecord[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#records.length;
  }

  add(records: readonly SourceRecord[]): void {
    for (const record of records) {
      this.#records.push(record);
      this.#bytes += record.data.length;
    }
  }

  take(): readonly SourceRecord[] {
    this.timer?.abort();
    this.timer = undefined;
    const records = this.#records;
    this.#records = [];
    this.#bytes = 0;
    return records;
  }
}
