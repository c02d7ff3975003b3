import { Zip } from "fflate";
import { randomUUID } from "node:crypto";
import { gzip } from "./gzip";

/** A ZIP archive of one deflated entry that is named by a new UUID. */
export async function zip(body: Uint8Array): Promise<Uint8Array> {
  // GZIP is the same deflated data with the same checksum around it, and zlib is several times as
  // fast as the archive library, which is left with the archive.
  const member = await gzip(body);
  const pieces: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const entry: Parameters<Zip["add"]>[0] = {
    filename: randomUUID(),
    compression: deflated,
    size: body.length,
    crc: member.readUInt32LE(member.length - gzipTrailer),
  };
  archive.add(entry);
  const data = member.subarray(gzipHeader, -gzipTrailer) as Uint8Array<ArrayBuffer>;
  entry.ondata?.(null, data, true);
  archive.end();
  return Buffer.concat(pieces);
}

/** Method 8 of the ZIP format. */
const deflated = 8;

/** Bytes around the deflated data: RFC 1952, without optional fields, which zlib does not write. */
const gzipHeader = 10;
const gzipTrailer = 8;
