import { isBlank, LineSplitter } from "../input/lineSplitter";
import { JsonSplitter } from "./jsonSplitter";
import type { LakeObject } from "./lakeClient";
import { ByteReader } from "./unpack/byteReader";
import { gunzip } from "./unpack/gunzip";
import { hadoopSnappy, xerialMagic, xerialSnappy } from "./unpack/unsnappy";
import { unzip, zipMagic } from "./unpack/unzip";

/** What stands between two records of an object. `none`: records are JSON, one after the other. */
export type Delimiter = "newline" | "none";

export interface ObjectSize {
  /** Bytes as stored, e.g. compressed. */
  readonly storedBytes: number;
  /** Bytes after compression is taken off. */
  readonly bytes: number;
}

/** The largest record of a stream with large records is 10 MiB; its error record has it in base64. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;

/**
 * Reads the records of one object in any compression of Firehose, streaming; only a ZIP archive is held
 * as it is stored. Records longer than 16 MiB are handed on cut.
 *
 * @throws what the body throws, and an error for a damaged object
 */
export async function readObject(
  object: LakeObject,
  delimiter: Delimiter,
  onRecord: (record: Uint8Array) => void,
): Promise<ObjectSize> {
  let storedBytes = 0;
  let bytes = 0;
  async function* stored(): AsyncGenerator<Uint8Array> {
    for await (const chunk of object.body) {
      storedBytes += chunk.length;
      yield chunk;
    }
  }
  const splitter =
    delimiter === "none"
      ? new JsonSplitter(MAX_HELD_BYTES, onRecord)
      : new LineSplitter(MAX_HELD_BYTES, (line) => {
          if (!isBlank(line.bytes)) onRecord(line.bytes);
        });
  for await (const chunk of unpackObject({ ...object, body: stored() })) {
    bytes += chunk.length;
    splitter.push(chunk);
  }
  splitter.end();
  return { storedBytes, bytes };
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * What is in an object once its compression is taken off. GZIP, ZIP and Snappy are told by their first
 * bytes, since HTTP clients differ in whether they unpack by Content-Encoding. HADOOP_SNAPPY has no
 * such bytes: it is told by its Content-Encoding, without one by the extension that Firehose gives it.
 *
 * @throws what the body throws, and an error for a damaged object
 */
export async function* unpackObject(
  object: LakeObject,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(object.body);
  try {
    const head = await reader.peek(xerialMagic.length);
    const beginsWith = (magic: Buffer) => head.subarray(0, magic.length).equals(magic);
    if (beginsWith(gzipMagic)) yield* gunzip(reader.rest());
    else if (beginsWith(zipMagic)) yield* unzip(reader.rest());
    else if (beginsWith(xerialMagic)) yield* xerialSnappy(reader);
    else if (isHadoopSnappy(object)) yield* hadoopSnappy(reader);
    else yield* reader.rest();
  } finally {
    await reader.close();
  }
}

function isHadoopSnappy({ key, contentEncoding }: LakeObject): boolean {
  if (contentEncoding !== undefined) return contentEncoding === "hadoop-snappy";
  return key.endsWith(".snappy");
}
