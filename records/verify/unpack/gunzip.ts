import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * The decompressed content of consecutive GZIP members.
 *
 * @throws zlib's error for damaged data, or what the chunks throw
 */
export function gunzip(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  // Pipeline requires a callback. A failure also ends the iteration with that error.
  return pipeline(Readable.from(chunks), createGunzip(), () => undefined);
}
