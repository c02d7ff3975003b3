import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gzip as compress } from "node:zlib";
import type { Zip } from "fflate";
import { hadoopSnappy, xerialSnappy } from "./snappyBlocks";

/** The bytes of an object and their encoding. */
export interface ObjectBody {
  readonly body: Uint8Array;
  /** `Content-Encoding`; absent without compression. */
  readonly contentEncoding?: string;
}

/** How a delivery stream packs the records of an object. */
export interface BodyOptions {
  /** A newline between two records. */
  readonly newlineDelimiter: boolean;
  readonly compression: Compression;
}

/**
 * Joins the data of records, with a newline between two of them (and none at the end) if the delivery
 * stream adds it, and compresses the result outside the event loop.
 */
export async function objectBody(
  data: readonly Uint8Array[],
  { newlineDelimiter, compression }: BodyOptions,
): Promise<ObjectBody> {
  const { compress, contentEncoding } = formats[compression];
  const body = await compress(joined(data, newlineDelimiter));
  return { body, ...(contentEncoding !== undefined && { contentEncoding }) };
}

/** With one allocation, and one copy of each record. */
function joined(data: readonly Uint8Array[], newlines: boolean): Uint8Array {
  const delimiters = newlines ? Math.max(0, data.length - 1) : 0;
  const size = data.reduce((sum, { length }) => sum + length, delimiters);
  const body = Buffer.allocUnsafe(size);
  let position = 0;
  data.forEach((record, index) => {
    if (newlines && index > 0) body[position++] = newline;
    body.set(record, position);
    position += record.length;
  });
  return body;
}

const newline = 0x0a;

/** Values of `CompressionFormat`, which are case-sensitive. */
export type Compression = "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";

/** How a compression changes an object. */
interface Format {
  /** End of the key unless the delivery stream sets another, with its dot; "" for none. */
  readonly extension: string;
  /** `Content-Encoding`; absent without compression. */
  readonly contentEncoding?: string;
  /** Runs outside the event loop. */
  readonly compress: (body: Uint8Array) => Promise<Uint8Array>;
}

/**
 * All compressions, with the extension and encoding observed in AWS. The developer guide documents
 * `.hsnappy` for HADOOP_SNAPPY, but delivered objects end in `.snappy`.
 */
export const formats: Readonly<Record<Compression, Format>> = {
  UNCOMPRESSED: { extension: "", compress: (body) => Promise.resolve(body) },
  GZIP: { extension: ".gz", contentEncoding: "gzip", compress: gzip },
  ZIP: { extension: ".zip", contentEncoding: "zip", compress: zip },
  Snappy: { extension: ".snappy", contentEncoding: "snappy-java", compress: xerialSnappy },
  HADOOP_SNAPPY: {
    extension: ".snappy",
    contentEncoding: "hadoop-snappy",
    compress: hadoopSnappy,
  },
};

export function isCompression(name: string): name is Compression {
  return Object.hasOwn(formats, name);
}

/** A ZIP archive with one deflated entry, named with a new UUID. */
async function zip(body: Uint8Array): Promise<Uint8Array> {
  // GZIP contains the same deflated data and checksum, and zlib is several times as fast as the
  // archive library, which only writes the archive.
  const member = await gzip(body);
  const fflate = module.require("fflate") as typeof import("fflate");
  const pieces: Uint8Array[] = [];
  const archive = new fflate.Zip((error, piece) => {
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

/** One GZIP member. */
function gzip(body: Uint8Array): Promise<Buffer> {
  return gzipAsync(body, { chunkSize: Math.min(maximumPiece, body.length + overhead) });
}

const gzipAsync = promisify(compress);

/** With Node's default of 16 KiB, a large body would return to the event loop thousands of times. */
const maximumPiece = 1024 * 1024;

/** The most that GZIP adds to a body that fits into one piece; above zlib's minimum chunk size. */
const overhead = 1024;
