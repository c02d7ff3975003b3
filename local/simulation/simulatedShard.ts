import type { RecordPage, SourceRecord } from "../../aws/firehose/source/streamSource";
import type { ShardInput } from "./shardInput";

/** A shard with one reader. It stores no records, but generates them when they are read. */
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

  /** Records that were not read before their retention ended. */
  get expired(): number {
    return this.#expired;
  }

  /** Whether all traffic has been read or has expired. */
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
   * @throws the API's error if the read throughput of the shard is exceeded
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

/** Kinesis's error when a shard is read too fast. */
class ThroughputExceededError extends Error {
  override readonly name = "ProvisionedThroughputExceededException";
  constructor() {
    super("Rate exceeded for the shard.");
  }
}

/** Limits of GetRecords: the size of a page, and the average read throughput of a shard. */
const recordsPerPage = 10_000;
const bytesPerPage = 10 * 1024 * 1024;
const bytesPerSecond = 2 * 1024 * 1024;
