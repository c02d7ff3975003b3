import { type Compression, formats } from "./formats";

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
