import { setTimeout } from "node:timers/promises";
import {
  type KinesisClient,
  PutRecordsCommand,
  type PutRecordsRequestEntry,
  type PutRecordsResultEntry,
} from "@aws-sdk/client-kinesis";
import { streamExists } from "../createStream";
import type { JournalRecord, StreamId } from "./journalFile";

/** Puts the records of one stream of a generation again. */
export class StreamReplay {
  readonly id: StreamId;
  /** Records that the stream has accepted again. */
  replayed = 0;
  /** Records that no stream has accepted. */
  kept = 0;
  /** Absent if there is no such stream. */
  readonly #batch: RecordBatch | undefined;

  private constructor(id: StreamId, batch: RecordBatch | undefined) {
    this.id = id;
    this.#batch = batch;
  }

  static async begin(
    id: StreamId,
    clientFor: (region: string) => KinesisClient,
  ): Promise<StreamReplay> {
    const client = clientFor(id.region);
    const exists = await streamExists(client, id.stream);
    return new StreamReplay(id, exists ? new RecordBatch(client, id.stream) : undefined);
  }

  async add(record: JournalRecord): Promise<void> {
    this.kept += 1;
    if (this.#batch?.hasRoomFor(record) === false) await this.finish();
    this.#batch?.add(record);
  }

  /** Puts the collected records. */
  async finish(): Promise<void> {
    const accepted = (await this.#batch?.put()) ?? 0;
    this.replayed += accepted;
    this.kept -= accepted;
  }
}

/** The API's limit for a call. */
const maxRecords = 500;

/** Well below the API's 10 MiB; a single larger record is put alone. */
const maxBytes = 1024 * 1024;

const maxAttempts = 10;

/** Collects records of one stream for one call to PutRecords. */
class RecordBatch {
  readonly #stream: string;
  readonly #client: KinesisClient;
  #entries: PutRecordsRequestEntry[] = [];
  #bytes = 0;

  constructor(client: KinesisClient, stream: string) {
    this.#client = client;
    this.#stream = stream;
  }

  /** An empty batch has room for any record. */
  hasRoomFor(record: JournalRecord): boolean {
    const { length } = this.#entries;
    return length === 0 || (length < maxRecords && this.#bytes + bytesOf(record) <= maxBytes);
  }

  add(record: JournalRecord): void {
    const { data, partitionKey, explicitHashKey } = record;
    this.#entries.push({
      Data: Buffer.from(data, "base64"),
      PartitionKey: partitionKey,
      ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
    });
    this.#bytes += bytesOf(record);
  }

  /**
   * Puts the records, and repeats those that are rejected only temporarily.
   *
   * @returns how many were accepted; the stream will never accept the others
   * @throws if the call fails, or records are rejected for too long
   */
  async put(): Promise<number> {
    let accepted = 0;
    let entries = this.#entries;
    this.#entries = [];
    this.#bytes = 0;
    for (let attempt = 1; entries.length > 0; attempt += 1) {
      const command = new PutRecordsCommand({ StreamName: this.#stream, Records: entries });
      const { Records: results = [] } = await this.#client.send(command);
      accepted += results.filter(({ SequenceNumber }) => SequenceNumber).length;
      entries = entries.filter((_, index) => canBeRetried(results[index]));
      if (entries.length === 0) break;
      if (attempt === maxAttempts)
        throw new Error(
          `The stream ${this.#stream} rejects records: they exceed the throughput of its shards.`,
        );
      await setTimeout(100 * attempt);
    }
    return accepted;
  }
}

function bytesOf({ data, partitionKey }: JournalRecord): number {
  return Buffer.byteLength(data, "base64") + Buffer.byteLength(partitionKey);
}

function canBeRetried(result: PutRecordsResultEntry | undefined): boolean {
  return ["ProvisionedThroughputExceededException", "InternalFailure"].includes(
    result?.ErrorCode ?? "",
  );
}
