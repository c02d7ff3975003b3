import { crc32 } from "node:zlib";

type Field = string | number;

/** Makes an opaque token: a shard iterator, or where a list continues. */
export function encodeToken(kind: string, fields: readonly Field[]): string {
  const json = Buffer.from(JSON.stringify([kind, ...fields]));
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(json));
  return Buffer.concat([checksum, json]).toString("base64");
}

/** @returns undefined for a token that is damaged, or of another kind */
export function decodeToken(kind: string, token: string): readonly Field[] | undefined {
  const bytes = Buffer.from(token, "base64");
  if (bytes.length < 6 || bytes.toString("base64") !== token) return undefined;
  const json = bytes.subarray(4);
  if (crc32(json) !== bytes.readUInt32BE(0)) return undefined;
  const [found, ...fields] = JSON.parse(json.toString()) as Field[];
  return found === kind ? fields : undefined;
}

/** AWS: tokens and iterators can be used for five minutes. */
export const tokenMilliseconds = 300_000;
