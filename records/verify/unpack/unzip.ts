import { gunzip } from "./gunzip";

/**
 * The decompressed content of all entries of a ZIP archive, one after another. Keeps the archive in
 * memory, because its directory is at its end. The content is streamed.
 *
 * @throws Error if the archive is damaged, or compressed in a way that Firehose does not use
 */
export async function* unzip(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const archive = await wholeArchive(chunks);
  for (const entry of entriesOf(archive)) yield* gunzip(gzipOf(entry));
}

/** Firehose writes at most 128 MiB of data and one record. Larger archives are damaged or malicious. */
const maxArchiveBytes = 144 * 1024 * 1024;

async function wholeArchive(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxArchiveBytes)
      throw new Error("damaged ZIP archive: it is larger than Firehose writes (144 MiB)");
    parts.push(chunk);
  }
  return Buffer.concat(parts, bytes);
}

interface Entry {
  /** Deflated. */
  readonly data: Uint8Array;
  /** As they are in the archive. */
  readonly crc32: Uint8Array;
  readonly size: Uint8Array;
}

// Layout: APPNOTE.TXT of the ZIP format, sections 4.3.7, 4.3.12 and 4.3.16.
const endMark = Buffer.from("PK\x05\x06");
const endBytes = 22;
const entryMark = Buffer.from("PK\x01\x02");
const entryBytes = 46;
const localBytes = 30;
const deflated = 8;

function entriesOf(archive: Buffer): readonly Entry[] {
  const end = headerAt(archive, archive.lastIndexOf(endMark), endMark, endBytes);
  const entries: Entry[] = [];
  let position = end.readUInt32LE(16);
  for (let left = end.readUInt16LE(10); left > 0; left -= 1) {
    const header = headerAt(archive, position, entryMark, entryBytes);
    entries.push(entryOf(archive, header));
    position += [28, 30, 32].reduce((sum, at) => sum + header.readUInt16LE(at), entryBytes);
  }
  return entries;
}

function entryOf(archive: Buffer, header: Buffer): Entry {
  const method = header.readUInt16LE(10);
  if (method !== deflated) throw new Error(`ZIP entry with compression method ${method}, not 8`);
  const local = header.readUInt32LE(42);
  const lengths = headerAt(archive, local, zipMagic, localBytes);
  const start = local + localBytes + lengths.readUInt16LE(26) + lengths.readUInt16LE(28);
  return {
    data: archive.subarray(start, start + header.readUInt32LE(20)),
    crc32: header.subarray(16, 20),
    size: header.subarray(24, 28),
  };
}

/** First bytes of a ZIP archive with an entry. */
export const zipMagic = Buffer.from("PK\x03\x04");

function headerAt(archive: Buffer, position: number, mark: Buffer, length: number): Buffer {
  const header = archive.subarray(Math.max(0, position), position + length);
  if (header.length < length || !header.subarray(0, mark.length).equals(mark)) {
    throw new Error("damaged ZIP archive: unexpected end of file");
  }
  return header;
}

/** The same data as a GZIP member, so that zlib also checks length and checksum. */
function* gzipOf({ data, crc32, size }: Entry): Generator<Uint8Array> {
  yield Buffer.from("1f8b080000000000" + "00ff", "hex");
  yield data;
  yield crc32;
  yield size;
}
