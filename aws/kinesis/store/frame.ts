import { crc32 } from "node:zlib";

/** A record as a producer puts it on a shard. */
export interface NewRecord {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** A record as it is in a segment. */
export interface StoredRecord {
  /** Position among the records of its shard, from 1. */
  readonly counter: number;
  /** In milliseconds since 1970; never less than that of the record before. */
  readonly arrival: number;
  readonly partitionKey: string;
  readonly data: Buffer;
}

/** The frame of a record in a segment file, read and proven whole. */
export interface Frame {
  readonly counter: number;
  readonly arrival: number;
  /** Header included. */
  readonly length: number;
}

/**
 * The frame of a record:
 *
 * ```
 *  0  marker, by which frames are found again after damaged bytes
 *  4  CRC-32 of all that follows, from the seed of the shard on
 *  8  length of the data
 * 12  length of the partition key in UTF-8
 * 14  counter, 48 bits
 * 20  arrival in milliseconds since 1970, 48 bits
 * 26  partition key, data
 * ```
 */
export const frameHeaderBytes = 26;
export const frameMarker = Buffer.from([0xf5, 0x53, 0x4c, 0x52]);

/** No record of Kinesis makes a larger frame. */
const maxFrameBytes = 10 * 1024 * 1024 + 2048;

export function frameBytes({ partitionKey, data }: NewRecord): number {
  return frameHeaderBytes + Buffer.byteLength(partitionKey) + data.length;
}

/**
 * @param bytes long enough, from `offset` on, for the whole frame
 * @returns where the frame ends
 */
export function writeFrame(
  bytes: Buffer,
  offset: number,
  seed: number,
  record: NewRecord & Pick<Frame, "counter" | "arrival">,
): number {
  const { partitionKey, data, counter, arrival } = record;
  frameMarker.copy(bytes, offset);
  const keyBytes = bytes.write(partitionKey, offset + frameHeaderBytes);
  bytes.writeUInt32BE(data.length, offset + 8);
  bytes.writeUInt16BE(keyBytes, offset + 12);
  bytes.writeUIntBE(counter, offset + 14, 6);
  bytes.writeUIntBE(arrival, offset + 20, 6);
  bytes.set(data, offset + frameHeaderBytes + keyBytes);
  const end = offset + frameHeaderBytes + keyBytes + data.length;
  bytes.writeUInt32BE(crc32(bytes.subarray(offset + 8, end), seed), offset + 4);
  return end;
}

/**
 * @returns the frame at an offset; the number of bytes that it needs if there are fewer; undefined
 *   if there is no frame
 */
export function readFrame(bytes: Buffer, offset: number, seed: number): Frame | number | undefined {
  const available = bytes.length - offset;
  const head = Math.min(available, frameMarker.length);
  if (bytes.compare(frameMarker, 0, head, offset, offset + head) !== 0) return undefined;
  if (available < frameHeaderBytes) return frameHeaderBytes;
  const length =
    frameHeaderBytes + bytes.readUInt32BE(offset + 8) + bytes.readUInt16BE(offset + 12);
  if (length > maxFrameBytes) return undefined;
  if (available < length) return length;
  const checksum = crc32(bytes.subarray(offset + 8, offset + length), seed);
  if (checksum !== bytes.readUInt32BE(offset + 4)) return undefined;
  return {
    counter: frameCounter(bytes, offset),
    arrival: bytes.readUIntBE(offset + 20, 6),
    length,
  };
}

/** The counter that the header of a frame contains, whole or not. */
export function frameCounter(bytes: Buffer, offset: number): number {
  return bytes.readUIntBE(offset + 14, 6);
}

/** @param offset of a whole frame */
export function recordIn(bytes: Buffer, offset: number, frame: Frame): StoredRecord {
  const key = offset + frameHeaderBytes;
  const data = key + bytes.readUInt16BE(offset + 12);
  return {
    counter: frame.counter,
    arrival: frame.arrival,
    partitionKey: bytes.toString("utf8", key, data),
    data: bytes.subarray(data, offset + frame.length),
  };
}
