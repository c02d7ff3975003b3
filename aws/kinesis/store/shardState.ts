import { type FileHandle, open, readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { hasCode } from "../../fileErrors";

/**
 * What a shard has accepted, in addition to its segments: without it, records that are cut off the end of a
 * shard, or a missing last segment, would not be noticed.
 */
export interface ShardState {
  /** Counter of the oldest record that retention has left. */
  readonly first: number;
  /** Counter of the next record. */
  readonly next: number;
  /** Of the newest segment. */
  readonly ordinal: number;
}

export const stateName = "state";
const stateBytes = 20;

export function encodeState({ first, next, ordinal }: ShardState): Buffer {
  const bytes = Buffer.alloc(stateBytes);
  bytes.writeUIntBE(first, 0, 6);
  bytes.writeUIntBE(next, 6, 6);
  bytes.writeUInt32BE(ordinal, 12);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 16)), 16);
  return bytes;
}

/** @returns undefined if the file is missing or damaged */
export async function readState(file: string): Promise<ShardState | undefined> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (hasCode(error, "ENOENT", "EISDIR")) return undefined;
    throw error;
  });
  if (bytes?.length !== stateBytes) return undefined;
  if (crc32(bytes.subarray(0, 16)) !== bytes.readUInt32BE(16)) return undefined;
  return {
    first: bytes.readUIntBE(0, 6),
    next: bytes.readUIntBE(6, 6),
    ordinal: bytes.readUInt32BE(12),
  };
}

/** Made if it does not exist. */
export async function openState(file: string): Promise<FileHandle> {
  return open(file, "r+").catch(async (error: unknown) => {
    if (hasCode(error, "ENOENT")) return open(file, "w+");
    throw error;
  });
}
