import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { SourceRecord, StreamSource } from "../../aws/firehose/source/streamSource";
import {
  parseSequenceNumber,
  sequenceNumbers,
  shardId,
} from "../../aws/kinesis/store/sequenceNumber";
import type { Shard } from "../../aws/kinesis/store/shard";
import type { Stream } from "../../aws/kinesis/store/stream";
import type { StreamStore } from "../../aws/kinesis/store/streamStore";

/** The records that producers put to a delivery stream, in files until they are delivered. */
export interface DirectPutRecords {
  /**
   * Stores records, all or none; they are in a file when it resolves.
   *
   * @returns an ID for each record
   */
  readonly store: (records: readonly Buffer[]) => Promise<readonly string[]>;
  /** What the delivery stream reads. It makes no call that IAM authorizes. */
  readonly source: StreamSource;
}

/**
 * Opens the records of a delivery stream, with those of an earlier run. Firehose keeps what it cannot
 * deliver for 24 hours (Developer Guide, "Data delivery failure handling").
 *
 * @param records where they are stored: a stream with one shard for each delivery stream
 */
export async function openDirectPut(
  records: StreamStore,
  { name, source: { region } }: DeliveryConfiguration,
): Promise<DirectPutRecords> {
  const id = { region, name };
  const settings = { shardCount: 1, retentionHours: 24 };
  const stream = records.stream(id) ?? (await records.create(id, settings));
  if (!stream) throw new Error(`The delivery stream ${name} in ${region} is declared twice.`);
  return {
    async store(data) {
      const outcomes = await stream.put(data.map((one) => ({ data: one, partitionKey: "" })));
      return outcomes.map((outcome) => {
        if ("sequenceNumber" in outcome) return outcome.sequenceNumber;
        throw "error" in outcome ? outcome.error : new Error("The records were not accepted.");
      });
    },
    source: storedRecords(stream, () => records.clock.now()),
  };
}

/** Of one page, as Kinesis limits it. */
const maxPageRecords = 10_000;
const maxPageBytes = 10 * 1024 * 1024;

/** Reads a stream in this process. An iterator is the ID of a shard and the counter of a record. */
function storedRecords(stream: Stream, now: () => number): StreamSource {
  const shardOf = (id: string): Shard => {
    const shard = stream.shards.find(({ number }) => shardId(number) === id);
    if (shard) return shard;
    throw new Error(`There is no shard ${id}.`);
  };
  return {
    listShards: () =>
      Promise.resolve(stream.shards.map(({ number }) => ({ id: shardId(number), parents: [] }))),

    shardIterator(id, after) {
      const position = after === undefined ? undefined : parseSequenceNumber(after);
      const from = position ? position.counter + 1 : shardOf(id).log.first;
      return Promise.resolve(`${id}/${from}`);
    },

    async records(iterator) {
      const [id = "", from] = iterator.split("/");
      const shard = shardOf(id);
      const page = await shard.log.read({
        from: Number(from),
        limit: maxPageRecords,
        maxBytes: maxPageBytes,
        since: stream.horizon,
      });
      const sequence = sequenceNumbers(shard.created, shard.number);
      const last = page.records.at(-1);
      const isBehind = last !== undefined && page.next < shard.log.next;
      return {
        records: page.records.map(({ counter, arrival, data }): SourceRecord => ({
          ...{ data, arrival },
          sequenceNumber: sequence(counter),
        })),
        nextIterator: `${id}/${page.next}`,
        millisBehindLatest: isBehind ? Math.max(0, now() - last.arrival) : 0,
      };
    },
  };
}
