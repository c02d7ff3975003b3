import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import { kinesisSource } from "../../aws/firehose/source/kinesisSource";
import type { StreamSource } from "../../aws/firehose/source/streamSource";
import { KinesisService } from "../../aws/kinesis/endpoint/kinesisService";
import type { StreamStore } from "../../aws/kinesis/store/streamStore";
import { inProcessReads } from "./inProcessKinesis";

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
  // No client can reach it: its only use is to read the records as those of a stream are read.
  const service = new KinesisService({
    store: records,
    mayCreate: () => false,
    onCall: () => undefined,
  });
  return {
    async store(data) {
      const outcomes = await stream.put(data.map((one) => ({ data: one, partitionKey: "" })));
      return outcomes.map((outcome) => {
        if ("sequenceNumber" in outcome) return outcome.sequenceNumber;
        throw "error" in outcome ? outcome.error : new Error("The records were not accepted.");
      });
    },
    source: kinesisSource(inProcessReads(service, region), name),
  };
}
