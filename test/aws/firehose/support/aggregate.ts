import { createHash } from "node:crypto";
import { BinaryWriter } from "google-protobuf";

interface UserRecord {
  readonly data?: Uint8Array;
  readonly partitionKeyIndex?: number;
  readonly explicitHashKeyIndex?: number;
  readonly tag?: string;
}

/** AggregatedRecord, by its field numbers. */
export function message(
  records: readonly UserRecord[],
  partitionKeys: readonly string[] = ["key"],
): Uint8Array {
  const writer = new BinaryWriter();
  writer.writeRepeatedString(1, [...partitionKeys]);
  writer.writeRepeatedString(2, ["340282366920938463463374607431768211455"]);
  for (const record of records) writer.writeBytes(3, userRecord(record));
  return writer.getResultBuffer();
}

function userRecord({ data, partitionKeyIndex, explicitHashKeyIndex, tag }: UserRecord) {
  const writer = new BinaryWriter();
  writer.writeUint64(1, partitionKeyIndex);
  writer.writeUint64(2, explicitHashKeyIndex);
  writer.writeBytes(3, data);
  if (tag !== undefined) {
    const ofTag = new BinaryWriter();
    ofTag.writeString(1, tag);
    writer.writeBytes(4, ofTag.getResultBuffer());
  }
  return writer.getResultBuffer();
}

export function digestOf(bytes: Uint8Array): Buffer {
  return createHash("md5").update(bytes).digest();
}

/** These bytes in the format of the Kinesis Producer Library. */
export function packed(bytes: Uint8Array, digest: Uint8Array = digestOf(bytes)): Uint8Array {
  return Buffer.concat([Buffer.from("f3899ac2", "hex"), bytes, digest]);
}

/** A record in which the Kinesis Producer Library packed several. */
export function aggregateOf(...records: readonly Uint8Array[]): Uint8Array {
  return packed(message(records.map((data) => ({ data, partitionKeyIndex: 0 }))));
}
