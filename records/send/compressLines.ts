import { gzipSync } from "node:zlib";
import { compressionFormat } from "../input/inputMistake";
import type { InputLine } from "../input/readRecords";

/** Compression of each record, as producers apply it before they put the record. */
export type RecordCompression = "none" | "GZIP";

/**
 * A line as a record that is a GZIP member. Its content ends with a newline, so that the joined members
 * of an object are lines. A line that is compressed already stays as it is.
 */
export function gzipRecord(line: Uint8Array): Uint8Array {
  if (compressionFormat(line) === "GZIP") return line;
  const content = Buffer.concat([line, newline]);
  // A small record compresses faster here than on its way to another thread and back.
  return gzipSync(content, { chunkSize: Math.min(maximumPiece, content.length + overhead) });
}

const newline = Buffer.from("\n");

/** With a piece of the record's size, zlib allocates no more than it needs; its minimum is 64 bytes. */
const maximumPiece = 64 * 1024;
const overhead = 64;

/** The same lines; the data of each is compressed, and `plain` is the line itself. */
export async function* compressLines(
  lines: AsyncIterable<InputLine>,
  compression: RecordCompression,
): AsyncGenerator<InputLine> {
  for await (const line of lines)
    yield compression === "GZIP" && "data" in line
      ? { ...line, data: gzipRecord(line.data), plain: line.data }
      : line;
}
