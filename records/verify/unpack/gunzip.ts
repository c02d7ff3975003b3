import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The decompressed content of consecutive GZIP members (RFC 1952, section 2.2).
 *
 * @throws zlib's error for damaged data, also in a later member; an error for bytes after the last member,
 *   which zlib ignores if they begin with a zero; or what the chunks throw
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = iteratorOf(chunks);
  let given = 0;
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await iterator.next();
    if (done === true) return undefined;
    given += value.length;
    return value;
  };
  async function* members(): AsyncGenerator<Uint8Array> {
    for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
  }
  const gunzipped = createGunzip();
  // Pipeline requires a callback. A failure also ends the iteration with that error.
  yield* pipeline(
    Readable.from(members()),
    gunzipped,
    () => undefined,
  ) as AsyncIterable<Uint8Array>;
  // It stops reading with the chunk in which the last member ends.
  while ((await next()) !== undefined);
  const left = given - gunzipped.bytesWritten;
  if (left > 0) throw new Error(`unexpected bytes after the last GZIP member: ${left}`);
}

type Chunks = AsyncIterator<Uint8Array, unknown> | Iterator<Uint8Array, unknown>;

function iteratorOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Chunks {
  return Symbol.asyncIterator in chunks
    ? chunks[Symbol.asyncIterator]()
    : chunks[Symbol.iterator]();
}
