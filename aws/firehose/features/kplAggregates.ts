import { createHash } from "node:crypto";
import { BinaryReader } from "google-protobuf";
import type { SourceRecord } from "../source/streamSource";

/**
 * The user records in a record of a stream. The Kinesis Producer Library packs several into one: a
 * magic number, a protobuf message, the message's MD5. Each user record keeps the sequence number and
 * arrival of the whole; all but the last are marked as not its end. Any other record is returned
 * unchanged, even one that only looks packed: a wrong MD5, a malformed message or no user records.
 *
 * Source: amazon-kinesis-producer, "KPL Aggregated Record Format".
 */
export function userRecords(record: SourceRecord): readonly SourceRecord[] {
  const message = aggregatedMessage(record.data);
  const parts = message && dataIn(message);
  if (!parts || parts.length === 0) return [record];
  return parts.map((data, index) => ({
    ...record,
    data,
    ...(index < parts.length - 1 && { endsRecord: false }),
  }));
}

const magic = [0xf3, 0x89, 0x9a, 0xc2];
const digestBytes = 16;

function aggregatedMessage(data: Uint8Array): Uint8Array | undefined {
  if (!magic.every((byte, index) => data[index] === byte)) return undefined;
  const end = data.length - digestBytes;
  if (end < magic.length) return undefined;
  // Not a Buffer, because the protobuf reader would copy it.
  const message = new Uint8Array(data.buffer, data.byteOffset + magic.length, end - magic.length);
  const digest = createHash("md5").update(message).digest();
  return digest.equals(data.subarray(end)) ? message : undefined;
}

/** Fields of AggregatedRecord and of Record in it; tags and explicit hash keys are skipped. */
const field = { partitionKeys: 1, records: 3 } as const;
const recordField = { partitionKeyIndex: 1, data: 3 } as const;

/** @returns undefined unless the message is an AggregatedRecord */
function dataIn(message: Uint8Array): readonly Uint8Array[] | undefined {
  const records: UserRecord[] = [];
  let partitionKeys = 0;
  try {
    const reader = new BinaryReader(message);
    while (reader.nextField()) {
      if (reader.getFieldNumber() === field.records) records.push(userRecord(reader.readBytes()));
      else reader.skipField();
      if (reader.getFieldNumber() === field.partitionKeys) partitionKeys += 1;
    }
  } catch {
    return undefined;
  }
  const data = records.map((record) =>
    (record.partitionKeyIndex ?? Infinity) < partitionKeys ? record.data : undefined,
  );
  return data.every((bytes) => bytes !== undefined) ? data : undefined;
}

interface UserRecord {
  partitionKeyIndex?: number;
  data?: Uint8Array;
}

function userRecord(message: Uint8Array): UserRecord {
  const record: UserRecord = {};
  const reader = new BinaryReader(message);
  while (reader.nextField()) {
    const number = reader.getFieldNumber();
    if (number === recordField.partitionKeyIndex) record.partitionKeyIndex = reader.readUint64();
    else if (number === recordField.data) record.data = reader.readBytes();
    else reader.skipField();
  }
  return record;
}
