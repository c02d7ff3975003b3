import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { isBlank } from "../whiteSpace";
import { JsonSplitter } from "./jsonSplitter";
import { LineSplitter } from "../input/lineSplitter";

/** What stands between two records of an object. `none`: records are JSON, one after the other. */
export type Delimiter = "newline" | "none";

export interface ObjectSize {
  /** Bytes as stored, e.g. compressed. */
  readonly storedBytes: number;
  /** Bytes after GZIP is taken off. */
  readonly bytes: number;
}

/** The largest record of a stream with large records is 10 MiB; its error record has it in base64. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;

/**
 * Reads the records of one object, streaming. Whether it is GZIP is told by its first bytes, since
 * HTTP clients differ in whether they unpack by Content-Encoding. Records longer than 16 MiB are
 * handed on cut.
 *
 * @throws what the body throws, and zlib's error for a damaged GZIP object
 */
export async function readObject(
  body: AsyncIterable<Uint8Array>,
  delimiter: Delimiter,
  onRecord: (record: Uint8Array) => void,
): Promise<ObjectSize> {
  let storedBytes = 0;
  let bytes = 0;
  async function* stored(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      storedBytes += chunk.length;
      yield chunk;
    }
  }
  const splitter =
    delimiter === "none"
      ? new JsonSplitter(MAX_HELD_BYTES, onRecord)
      : new LineSplitter(MAX_HELD_BYTES, (line) => {
          if (!isBlank(line.bytes)) onRecord(line.bytes);
        });
  for await (const chunk of unpacked(stored())) {
    bytes += chunk.length;
    splitter.push(chunk);
  }
  splitter.end();
  return { storedBytes, bytes };
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

async function* unpacked(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  while (head.length < GZIP_MAGIC.length) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = prepend(head, chunks);
  if (!head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)) yield* whole;
  else {
    // The callback is for pipeline's sake: a failure also ends the iteration below with that error.
    yield* pipeline(Readable.from(whole), createGunzip(), () => undefined) as AsyncIterable<Buffer>;
  }
}

async function* prepend(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}
