import { gunzipSync } from "node:zlib";
import { errorTypeOf } from "../../errors/errorCauses";
import { errorRecord } from "../../errors/errorRecord";
import { compressionFormat } from "../../input/inputMistake";
import { type LakeClient, openObject } from "../lakeClient";
import { type Delimiter, readObject } from "../readObject";
import { markerLength, markersIn } from "./probeRecords";

/** Where a marked record is. */
export interface FoundProbe {
  readonly key: string;
  /** Why Firehose could not deliver it; absent if it did. */
  readonly error?: {
    /** What `!{firehose:error-output-type}` was; `unknown` if the key does not show it. */
    readonly type: string;
    readonly code: string;
    readonly message?: string;
  };
}

interface ProbedLake {
  readonly client: LakeClient;
  readonly bucket: string;
  readonly errorPrefix?: string;
  readonly delimiter: Delimiter;
}

/** Looks for marked records in objects, each of which it reads once. */
export class ProbeReader {
  /** By marker, where it was found first. */
  readonly found = new Map<string, FoundProbe>();
  readonly corrupt: { key: string; reason: string }[] = [];
  readonly #lake: ProbedLake;
  readonly #mark: string;
  readonly #known = new Set<string>();

  constructor(lake: ProbedLake, mark: string) {
    this.#lake = lake;
    this.#mark = mark;
  }

  /** Never reads the object with this key. */
  skip(key: string): void {
    this.#known.add(key);
  }

  /** Whether the object is skipped or read. */
  knows(key: string): boolean {
    return this.#known.has(key);
  }

  /**
   * Reads a new object.
   *
   * @returns the markers that were not found before
   * @throws Error if it cannot be opened
   */
  async read(key: string): Promise<readonly string[]> {
    const { client, bucket, delimiter } = this.#lake;
    this.#known.add(key);
    const failed = new Map<string, FoundProbe["error"]>();
    const search = new MarkerSearch(this.#mark);
    const object = await openObject(client, bucket, key);
    await readObject(
      object,
      delimiter,
      (record) => {
        for (const [marker, error] of this.#failedIn(key, record)) failed.set(marker, error);
      },
      (chunk) => {
        search.push(chunk);
      },
    ).catch((error: unknown) => {
      this.corrupt.push({ key, reason: error instanceof Error ? error.message : String(error) });
    });
    // The message of a failure may quote the record.
    const all = new Set([...search.markers, ...failed.keys()]);
    const markers = [...all].filter((marker) => !this.found.has(marker));
    for (const marker of markers) {
      const error = failed.get(marker);
      this.found.set(marker, { key, ...(error && { error }) });
    }
    return markers;
  }

  /** The markers in a failed record, which is in Base64 in its line, and compressed if its producer did. */
  *#failedIn(
    key: string,
    line: Uint8Array,
  ): Generator<readonly [string, Required<FoundProbe>["error"]]> {
    if (!Buffer.from(line.buffer, line.byteOffset, line.length).includes('"rawData"')) return;
    const { data, code, message } = errorRecord(line, 0);
    if (data === undefined) return;
    const error = {
      ...{ type: errorTypeOf(key, this.#lake.errorPrefix ?? ""), code },
      ...(message !== undefined && { message }),
    };
    for (const marker of markersIn(unpacked(data), this.#mark)) yield [marker, error];
  }
}

/** Looks for markers in the content of an object, however its records are separated. */
class MarkerSearch {
  readonly markers = new Set<string>();
  readonly #mark: string;
  #end = Buffer.alloc(0);

  constructor(mark: string) {
    this.#mark = mark;
  }

  push(chunk: Uint8Array): void {
    const overlap = markerLength(this.#mark) - 1;
    const bytes = Buffer.concat([this.#end, chunk]);
    for (const marker of markersIn(bytes, this.#mark)) this.markers.add(marker);
    this.#end = Buffer.from(bytes.subarray(-overlap));
  }
}

/** Larger than any record of a probe. */
const maximumBytes = 16 * 1024 * 1024;

function unpacked(data: Uint8Array): Uint8Array {
  if (compressionFormat(data) !== "GZIP") return data;
  try {
    return gunzipSync(data, { maxOutputLength: maximumBytes });
  } catch {
    return data;
  }
}
