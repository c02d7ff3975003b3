import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { DeliveryConfiguration } from "./deliveryConfiguration";
import type { SourceRecord } from "./streamSource";

/** The bytes of an object and how they are coded. */
export interface ObjectBody {
  readonly body: Uint8Array;
  /** `Content-Encoding`; absent without compression. */
  readonly contentEncoding?: string;
}

/**
 * The data of the records one after the other, with a newline between two (and none at the end) if
 * the delivery stream adds it, compressed. Compression runs beside the event loop.
 */
export async function objectBody(
  records: readonly SourceRecord[],
  { newlineDelimiter, compression }: DeliveryConfiguration,
): Promise<ObjectBody> {
  const body = joinRecords(records, newlineDelimiter);
  if (compression === "UNCOMPRESSED") return { body };
  return { body: await gzipAsync(body, { chunkSize: outputPiece }), contentEncoding: "gzip" };
}

const gzipAsync = promisify(gzip);

/** Node's default of 16 KiB comes back to the event loop for each: here, thousands of times. */
const outputPiece = 1024 * 1024;

/** One allocation and one copy of each record, whatever their number. */
function joinRecords(records: readonly SourceRecord[], newlines: boolean): Uint8Array {
  const delimiters = newlines ? Math.max(0, records.length - 1) : 0;
  const size = records.reduce((sum, { data }) => sum + data.length, delimiters);
  const joined = Buffer.allocUnsafe(size);
  let position = 0;
  records.forEach(({ data }, index) => {
    if (newlines && index > 0) joined[position++] = newline;
    joined.set(data, position);
    position += data.length;
  });
  return joined;
}

const newline = 0x0a;
