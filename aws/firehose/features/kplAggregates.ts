import { createHash } from "node:crypto";
import { BinaryReader } from "google-protobuf";
import type { UserRecord } from "../processing/processedRecord";

/**
 * The user records in the data of a stream's record. The Kinesis Producer Library packs several into
 * one: a magic number, a protobuf message, the message's MD5.
 *
 * Source: amazon-kinesis-producer, "KPL Aggregated Record Format".
 *
 * @returns undefined for any other data, even if it only looks packed: a wrong MD5, a malformed message
 *   or no user records
 */
export function userRecords(aggregate: Uint8Array): readonly UserRecord[] | undefined {
  const message = aggregatedMessage(aggregate);
  const parts = message && recordsIn(message);
  return parts && parts.length > 0 ? parts : undefined;
}

/** Whether data begins like an aggregate. */
export function isAggregate(data: Uint8Array): boolean {
  return magic.every((byte, index) => data[index] === byte);
}

const magic = [0xf3, 0x89, 0x9a, 0xc2];
const digestBytes = 16;

function aggregatedMessage(data: Uint8Array): Uint8Array | undefined {
  if (!isAggregate(data)) return undefined;
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
function recordsIn(message: Uint8Array): readonly UserRecord[] | undefined {
  const packed: PackedRecord[] = [];
  const partitionKeys: string[] = [];
  try {
    const reader = new BinaryReader(message);
    while (reader.nextField()) {
      const number = reader.getFieldNumber();
      if (number === field.records) packed.push(packedRecord(reader.readBytes()));
      else if (number === field.partitionKeys) partitionKeys.push(reader.readString());
      else reader.skipField();
    }
  } catch {
    return undefined;
  }
  const records = packed.map(({ data, partitionKeyIndex }) => {
    const partitionKey = partitionKeys[partitionKeyIndex ?? Infinity];
    return data && partitionKey !== undefined ? { data, partitionKey } : undefined;
  });
  return records.every((record) => record !== undefined) ? records : undefined;
}

interface PackedRecord {
  partitionKeyIndex?: number;
  data?: Uint8Array;
}

function packedRecord(message: Uint8Array): PackedRecord {
  const record: PackedRecord = {};
  const reader = new BinaryReader(message);
  while (reader.nextField()) {
    const number = reader.getFieldNumber();
    if (number === recordField.partitionKeyIndex) record.partitionKeyIndex = reader.readUint64();
    else if (number === recordField.data) record.data = reader.readBytes();
    else reader.skipField();
  }
  return record;
}
