import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { streamExists } from "../createStream";
import type { JournalRecord, StreamId } from "./journalRecord";
import { RecordBatch } from "./recordBatch";

/** Puts the records of one stream of a generation again. */
export class StreamReplay {
  readonly id: StreamId;
  /** Accepted again. */
  replayed = 0;
  /** Those that no stream has taken. */
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

  /** Puts what is collected. */
  async finish(): Promise<void> {
    const accepted = (await this.#batch?.put()) ?? 0;
    this.replayed += accepted;
    this.kept -= accepted;
  }
}
