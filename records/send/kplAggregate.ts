import { createHash } from "node:crypto";
import { BinaryWriter } from "google-protobuf";

/** A record that is packed with others. */
export interface AggregatedPart {
  readonly data: Uint8Array;
  readonly partitionKey: string;
}

/**
 * Packs records into one, as the Kinesis Producer Library does: a magic number, a protobuf message with the
 * partition keys and the records, and the MD5 of the message. Explicit hash keys and tags are not written.
 *
 * Source: amazon-kinesis-producer, "KPL Aggregated Record Format".
 */
export function kplAggregate(parts: readonly AggregatedPart[]): Buffer {
  const keys = [...new Set(parts.map(({ partitionKey }) => partitionKey))];
  const places = new Map(keys.map((key, index) => [key, index]));
  const writer = new BinaryWriter();
  for (const key of keys) writer.writeString(field.partitionKeys, key);
  for (const { data, partitionKey } of parts)
    writer.writeMessage(field.records, data, (bytes: Uint8Array, record: BinaryWriter) => {
      record.writeUint64(recordField.partitionKeyIndex, places.get(partitionKey) ?? 0);
      record.writeBytes(recordField.data, bytes);
    });
  const message = writer.getResultBuffer();
  return Buffer.concat([magic, message, createHash("md5").update(message).digest()]);
}

/** No more than this is added to an aggregate by a record, or by a key that no other record has. */
export function packedBytes({ data }: AggregatedPart): number {
  return data.length + recordOverhead;
}

export function packedKeyBytes(partitionKey: string): number {
  return Buffer.byteLength(partitionKey) + keyOverhead;
}

const magic = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/** Magic number and MD5. */
export const frameBytes = magic.length + 16;

/** Tags, and lengths and an index of up to four bytes each. */
const recordOverhead = 3 + 4 + 4 + 4;
const keyOverhead = 1 + 4;

const field = { partitionKeys: 1, records: 3 } as const;
const recordField = { partitionKeyIndex: 1, data: 3 } as const;
