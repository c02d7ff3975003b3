import { compressionFormat, HEAD_BYTES } from "../input/inputMistake";
import { isBlank, LineSplitter } from "../input/lineSplitter";
import { JsonSplitter } from "./jsonSplitter";
import type { LakeObject } from "./lakeClient";
import { ByteReader } from "./unpack/byteReader";
import { gunzip } from "./unpack/gunzip";
import { parquetMagic, parquetRows } from "./unpack/parquetRows";
import { hadoopSnappy, xerialMagic, xerialSnappy } from "./unpack/unsnappy";
import { unzip, zipMagic } from "./unpack/unzip";

/**
 * What separates two records of an object. Without a delimiter, JSON objects, arrays and strings are read
 * one after another; anything else counts as one record up to the end of its line.
 */
export type Delimiter = "newline" | "none";

export interface ObjectSize {
  /** Bytes as stored, with compression. */
  readonly storedBytes: number;
  /** Bytes after decompression. */
  readonly bytes: number;
}

export interface ReadObject extends ObjectSize {
  /** Whether each record could be distinguished from the next. */
  readonly separable: boolean;
  /** The format in which the first record is itself compressed; absent if it is not. */
  readonly packed?: string;
  /** Present if it is a Parquet file, whose rows are the records. */
  readonly isParquet?: true;
}

/** A stream can have records of up to 10 MiB. The error record for one contains it in base64. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Reads the records of one object in any format of Firehose; those of a Parquet file are its rows in
 * JSON. The object is streamed; only a ZIP archive and a Parquet file are kept in memory. Records longer than 16 MiB are truncated.
 *
 * @param onContent gets the decompressed content as it arrives
 * @throws what the body throws, or an error for a damaged object
 */
export async function readObject(
  object: LakeObject,
  delimiter: Delimiter,
  onRecord: (record: Uint8Array) => void,
  onContent: (chunk: Uint8Array) => void = () => undefined,
): Promise<ReadObject> {
  let storedBytes = 0;
  let bytes = 0;
  let start = Buffer.alloc(0);
  async function* stored(): AsyncGenerator<Uint8Array> {
    for await (const chunk of object.body) {
      if (start.length < parquetMagic.length)
        start = Buffer.concat([start, chunk.subarray(0, parquetMagic.length)]);
      storedBytes += chunk.length;
      yield chunk;
    }
  }
  const splitter =
    delimiter === "none"
      ? new JsonSplitter(MAX_KEPT_BYTES, onRecord)
      : new LineSplitter(MAX_KEPT_BYTES, (line) => {
          if (!isBlank(line.bytes)) onRecord(line.bytes);
        });
  let head = Buffer.alloc(0);
  for await (const chunk of unpackObject({ ...object, body: stored() })) {
    bytes += chunk.length;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
    onContent(chunk);
    splitter.push(chunk);
  }
  splitter.end();
  const separable = splitter instanceof LineSplitter || splitter.separable;
  const packed = compressionFormat(head);
  const isParquet = start.subarray(0, parquetMagic.length).equals(parquetMagic);
  return {
    ...{ storedBytes, bytes, separable },
    ...(packed !== undefined && { packed }),
    ...(isParquet && { isParquet }),
  };
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The decompressed content of an object. The first bytes identify GZIP, ZIP, Snappy and Parquet, since some
 * HTTP clients decompress by Content-Encoding and others do not, and since Firehose labels Parquet as
 * hadoop-snappy. HADOOP_SNAPPY has no such bytes: it is
 * identified by its Content-Encoding, or without one by the extension that Firehose uses.
 *
 * @throws what the body throws, or an error for a damaged object
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
    else if (beginsWith(parquetMagic)) yield* parquetRows(reader.rest());
    else if (isHadoopSnappy(object)) yield* hadoopSnappy(reader);
    else if (/\.(gz|zip)$/.test(object.key)) throw notAsNamed(object.key, head);
    else yield* reader.rest();
  } finally {
    await reader.close();
  }
}

/** Readers such as Athena choose the decompression by the extension. */
function notAsNamed(key: string, head: Uint8Array): Error {
  if (head.length === 0) return new Error("unexpected end of file: the object is empty");
  return new Error(`the object is not in the ${key.endsWith(".gz") ? "GZIP" : "ZIP"} format`);
}

function isHadoopSnappy({ key, contentEncoding }: LakeObject): boolean {
  if (contentEncoding !== undefined) return contentEncoding === "hadoop-snappy";
  return key.endsWith(".snappy");
}
