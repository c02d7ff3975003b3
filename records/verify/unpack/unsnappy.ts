import { uncompressSync } from "snappy";
import type { ByteReader } from "./byteReader";

/** First bytes of the stream format of snappy-java. */
export const xerialMagic = Buffer.from("82534e4150505900", "hex");
const xerialHeaderBytes = 16;

/**
 * The decompressed content of a snappy-java stream (Firehose's `Snappy`). A stream that ends exactly
 * between two blocks looks complete: the format has no end mark and no checksum.
 *
 * @throws Error if it is damaged
 */
export async function* xerialSnappy(
  reader: ByteReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  await exactly(reader, xerialHeaderBytes);
  for (;;) {
    const length = await nextLength(reader);
    if (length === undefined) return;
    yield uncompressed(await exactly(reader, length));
  }
}

/**
 * The decompressed content of Hadoop's block format (Firehose's `HADOOP_SNAPPY`): blocks of a known
 * length, each in one or more compressed parts. As with the other format, a stream that ends exactly
 * between two blocks looks complete.
 *
 * @throws Error if it is damaged
 */
export async function* hadoopSnappy(
  reader: ByteReader,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    let missing = await nextLength(reader);
    if (missing === undefined) return;
    while (missing > 0) {
      const length = await nextLength(reader);
      if (length === undefined) throw cutShort();
      const part = uncompressed(await exactly(reader, length));
      if (part.length === 0 || part.length > missing) throw damaged("a block of another length");
      missing -= part.length;
      yield part;
    }
  }
}

/** Firehose writes 32 KiB, other writers a few MiB. Larger blocks are damaged or malicious. */
const maxBlockBytes = 16 * 1024 * 1024;

/** Undefined at the end of the stream. */
async function nextLength(reader: ByteReader): Promise<number | undefined> {
  const bytes = await reader.take(4);
  if (bytes.length === 0) return undefined;
  if (bytes.length < 4) throw cutShort();
  const length = bytes.readUInt32BE();
  if (length > maxBlockBytes) throw damaged(`a block of ${length} bytes`);
  return length;
}

async function exactly(reader: ByteReader, count: number): Promise<Buffer> {
  const bytes = await reader.take(count);
  if (bytes.length < count) throw cutShort();
  return bytes;
}

/** @throws the library's error for a damaged block */
function uncompressed(block: Buffer): Uint8Array {
  // Checked first, because the library allocates the length that the block declares.
  const length = uncompressedLength(block);
  if (length > maxBlockBytes) throw damaged(`a block of ${length} bytes`);
  const data = uncompressSync(block);
  return typeof data === "string" ? Buffer.from(data) : data;
}

/** The length at the start of a raw Snappy block: seven bits per byte, lowest bits first. */
function uncompressedLength(block: Buffer): number {
  let length = 0;
  for (const [index, byte] of block.subarray(0, 5).entries()) {
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  return length;
}

function cutShort(): Error {
  return damaged("unexpected end of file");
}

function damaged(reason: string): Error {
  return new Error(`damaged Snappy object: ${reason}`);
}
