import type { RecordPage, SourceRecord } from "../../aws/firehose/source/streamSource";
import type { ShardInput } from "./shardInput";

/** A shard with one reader, which holds no record: what is read is made when it is read. */
export class SimulatedShard {
  readonly #input: ShardInput;
  readonly #retentionMilliseconds: number;
  #sequenceNumber = 0;
  #readableAgain = 0;
  #expired = 0;

  constructor(input: ShardInput, retentionMilliseconds: number) {
    this.#input = input;
    this.#retentionMilliseconds = retentionMilliseconds;
  }

  /** Records that nobody had read when their retention ended. */
  get expired(): number {
    return this.#expired;
  }

  /** Whether all that will ever arrive is read, or expired. */
  get finished(): boolean {
    return this.#input.at === Infinity;
  }

  /** How long the next record has been waiting to be read, in milliseconds. */
  lag(now: number): number {
    return Math.max(0, Math.round(now - this.#input.at));
  }

  /**
   * The records that arrived since the last page.
   *
   * @throws as the API does if more is read than a shard gives
   */
  read(now: number, iterator: string): RecordPage {
    if (now < this.#readableAgain) throw new ThroughputExceededError();
    const input = this.#input;
    const records: SourceRecord[] = [];
    let bytes = 0;
    while (now - input.at > this.#retentionMilliseconds) {
      this.#expired += 1;
      input.advance();
    }
    while (input.at <= now && records.length < recordsPerPage) {
      const { data } = input;
      if (bytes + data.length > bytesPerPage) break;
      bytes += data.length;
      this.#sequenceNumber += 1;
      const sequenceNumber = String(this.#sequenceNumber);
      records.push({ data, arrival: Math.floor(input.at), sequenceNumber });
      input.advance();
    }
    this.#readableAgain = now + (1000 * bytes) / bytesPerSecond;
    return { records, nextIterator: iterator, millisBehindLatest: this.lag(now) };
  }
}

/** Kinesis refuses to be read faster. */
class ThroughputExceededError extends Error {
  override readonly name = "ProvisionedThroughputExceededException";
  constructor() {
    super("Rate exceeded for the shard.");
  }
}

/** API GetRecords: a page has at most so much, and a shard gives 2 MiB a second over time. */
const recordsPerPage = 10_000;
const bytesPerPage = 10 * 1024 * 1024;
const bytesPerSecond = 2 * 1024 * 1024;
