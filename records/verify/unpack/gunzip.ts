import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * What is in GZIP members that follow each other.
 *
 * @throws zlib's error for damaged data, and what the chunks throw
 */
export function gunzip(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  // The callback is for pipeline's sake: a failure also ends the iteration with that error.
  return pipeline(Readable.from(chunks), createGunzip(), () => undefined);
}
