import type { LakeObject } from "../lakeClient";
import { ByteReader } from "./byteReader";
import { gunzip } from "./gunzip";
import { hadoopSnappy, xerialMagic, xerialSnappy } from "./unsnappy";
import { unzip, zipMagic } from "./unzip";

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
