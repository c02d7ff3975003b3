import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The decompressed content of consecutive GZIP members (RFC 1952, section 2.2).
 *
 * @throws SeparatedMembers if there are newlines between members; zlib's error for damaged data, also in a later member; an error for bytes after the last member,
 *   which zlib ignores if they begin with a zero; or what the chunks throw
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = iteratorOf(chunks);
  const separators = new SeparatorSearch();
  let given = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await iterator.next();
    if (done === true) return undefined;
    given += value.length;
    separators.push(value);
    return value;
  };
  async function* members(): AsyncGenerator<Uint8Array> {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
  }
  const gunzipped = createGunzip();
  try {
    // Pipeline requires a callback. A failure also ends the iteration with that error.
    yield* pipeline(
      Readable.from(members()),
      gunzipped,
      () => undefined,
    ) as AsyncIterable<Uint8Array>;
  } catch (error) {
    // In the words of zlib, a newline is not the header of a member.
    const isHeader = error instanceof Error && error.message === "incorrect header check";
    throw isHeader && separators.found ? new SeparatedMembers(error) : error;
  }
  // It stops reading with the chunk in which the last member ends.
  while ((await next()) !== undefined);
  const left = given - gunzipped.bytesWritten;
  if (left > 0) throw new Error(`unexpected bytes after the last GZIP member: ${left}`);
}

/** GZIP members with a newline between them, as Firehose delivers GZIP records with a delimiter. */
export class SeparatedMembers extends Error {
  constructor(cause: Error) {
    super("a newline separates its GZIP members, so that readers stop after the first", { cause });
  }
}

/**
 * Looks for a newline before a header. Compressed data contains these bytes by chance in one of 4 GiB: they
 * mean something only where reading fails.
 */
class SeparatorSearch {
  found = false;
  #end = Buffer.alloc(0);

  push(chunk: Uint8Array): void {
    if (this.found) return;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const overlap = separator.length - 1;
    const seam = Buffer.concat([this.#end, bytes.subarray(0, overlap)]);
    this.found = seam.includes(separator) || bytes.includes(separator);
    this.#end = Buffer.concat([this.#end, bytes.subarray(-overlap)]).subarray(-overlap);
  }
}

/** A newline, and the header of a member: its identification, and the method deflate. */
const separator = Buffer.from("\n\x1f\x8b\x08", "latin1");

type Chunks = AsyncIterator<Uint8Array, unknown> | Iterator<Uint8Array, unknown>;

function iteratorOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Chunks {
  return Symbol.asyncIterator in chunks
    ? chunks[Symbol.asyncIterator]()
    : chunks[Symbol.iterator]();
}
