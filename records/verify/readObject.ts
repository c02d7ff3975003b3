import { LineSplitter } from "../input/lineSplitter";
import { isBlank } from "../whiteSpace";
import { JsonSplitter } from "./jsonSplitter";
import type { LakeObject } from "./lakeClient";
import { unpackObject } from "./unpack/unpackObject";

/** What stands between two records of an object. `none`: records are JSON, one after the other. */
export type Delimiter = "newline" | "none";

export interface ObjectSize {
  /** Bytes as stored, e.g. compressed. */
  readonly storedBytes: number;
  /** Bytes after compression is taken off. */
  readonly bytes: number;
}

/** The largest record of a stream with large records is 10 MiB; its error record has it in base64. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;

/**
 * Reads the records of one object in any compression of Firehose, streaming; only a ZIP archive is held
 * as it is stored. Records longer than 16 MiB are handed on cut.
 *
 * @throws what the body throws, and an error for a damaged object
 */
export async function readObject(
  object: LakeObject,
  delimiter: Delimiter,
  onRecord: (record: Uint8Array) => void,
): Promise<ObjectSize> {
  let storedBytes = 0;
  let bytes = 0;
  async function* stored(): AsyncGenerator<Uint8Array> {
    for await (const chunk of object.body) {
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
  for await (const chunk of unpackObject({ ...object, body: stored() })) {
    bytes += chunk.length;
    splitter.push(chunk);
  }
  splitter.end();
  return { storedBytes, bytes };
}
