import { gunzipSync } from "node:zlib";

/** First bytes of a Parquet file. */
export const parquetMagic = Buffer.from("PAR1");

/** Firehose writes at most 128 MiB of data and one record, which a format may enlarge. */
const maxFileBytes = 256 * 1024 * 1024;

/** As values in memory. */
const rowsAtOnce = 10_000;

/**
 * The rows of a Parquet file: one JSON object a line, with all columns in their order. Keeps the file in
 * memory, because its directory is at its end.
 *
 * @throws Error if the file is damaged
 */
export async function* parquetRows(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await wholeFile(chunks);
  // An ECMAScript module, which only this format needs.
  const { parquetMetadata, parquetReadObjects } = await import("hyparquet");
  const metadata = parquetMetadata(file);
  const rows = Number(metadata.num_rows);
  const compressors = { GZIP: (data: Uint8Array) => gunzipSync(data) };
  for (let rowStart = 0; rowStart < rows; rowStart += rowsAtOnce) {
    const rowEnd = Math.min(rows, rowStart + rowsAtOnce);
    const read = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
    yield Buffer.from(read.map((row) => `${JSON.stringify(row, inJson)}\n`).join(""));
  }
}

/** Whole numbers beyond 2^53 are strings, and bytes are in base64. */
function inJson(_: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

async function wholeFile(chunks: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxFileBytes)
      throw new Error("damaged Parquet file: it is larger than Firehose writes (256 MiB)");
    parts.push(chunk);
  }
  const file = new Uint8Array(bytes);
  let position = 0;
  for (const part of parts) {
    file.set(part, position);
    position += part.length;
  }
  return file.buffer;
}
