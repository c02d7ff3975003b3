import { gzip } from "./gzip";
import { hadoopSnappy, xerialSnappy } from "./snappyBlocks";
import { zip } from "./zip";

/** Values of `CompressionFormat`; AWS tells upper from lower case. */
export type Compression = "UNCOMPRESSED" | "GZIP" | "ZIP" | "Snappy" | "HADOOP_SNAPPY";

/** What a compression makes of an object. */
export interface Format {
  /** End of the key unless the delivery stream sets another, with its dot; "" for none. */
  readonly extension: string;
  /** `Content-Encoding`; absent without compression. */
  readonly contentEncoding?: string;
  /** Runs beside the event loop. */
  readonly compress: (body: Uint8Array) => Promise<Uint8Array>;
}

/**
 * All compressions, with the names that AWS was seen to give. The developer guide prints `.hsnappy` for
 * HADOOP_SNAPPY; delivered objects end in `.snappy`.
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
