import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { forEachConcurrently } from "../forEachConcurrently";
import { type LakeClient, type ListedObject, openObject } from "../verify/lakeClient";
import { type Delimiter, readObject } from "../verify/readObject";
import { ByteReader } from "../verify/unpack/byteReader";
import { parquetMagic } from "../verify/unpack/parquetRows";
import type { KeyColumns } from "./keyColumns";
import { SpoolError, SpoolFiles } from "./spoolFiles";
import type { RecordLines } from "./recordLines";

export interface SpoolOptions {
  readonly client: LakeClient;
  readonly bucket: string;
  readonly objects: AsyncIterable<ListedObject>;
  readonly delimiter: Delimiter;
  /** For the temporary files. */
  readonly directory: string;
  /** Begins the names of the temporary files. */
  readonly name: string;
  readonly keyColumns: KeyColumns;
  readonly lines: RecordLines;
  /** The most bytes to read, as stored. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SpoolProgress) => void;
}

export interface SpoolProgress {
  readonly objects: number;
  /** Of the objects, as stored. */
  readonly storedBytes: number;
}

/** Temporary files with the content of objects. */
export interface Spool {
  /** Lines of JSON, one for each record. */
  readonly lines: readonly string[];
  /** Bytes of the longest line. */
  readonly longestLine: number;
  /** Parquet files, as they were stored. */
  readonly parquet: readonly ParquetCopy[];
  /** Lines of JSON: number, key, arrival and partitions of each object. */
  readonly objects: readonly string[];
  readonly progress: SpoolProgress;
  readonly records: number;
  readonly damaged: readonly DamagedObject[];
}

export interface ParquetCopy {
  readonly key: string;
  readonly file: string;
}

/** An object that cannot be read to its end. The records before the damage are in the tables. */
export interface DamagedObject {
  readonly key: string;
  readonly reason: string;
}

const concurrentObjects = 4;

/**
 * Copies objects to temporary files that DuckDB reads: the memory that it takes does not depend on their number
 * or size, apart from a row for each object.
 *
 * @throws LakeTooLarge with more than `maxBytes`; SpoolError if the disk is full; Error if an object cannot be
 *   opened, or if the signal fires
 */
export async function spoolLake(options: SpoolOptions): Promise<Spool> {
  const spooling = new Spooling(options);
  try {
    await forEachConcurrently(
      spooling.numbered(),
      concurrentObjects,
      (object) => spooling.add(object),
      options.signal,
    );
    options.signal.throwIfAborted();
  } finally {
    spooling.close();
  }
  return spooling.result();
}

interface NumberedObject extends ListedObject {
  readonly number: number;
}

class Spooling {
  readonly #options: SpoolOptions;
  readonly #objects: SpoolFiles;
  readonly #files: SpoolFiles[] = [];
  readonly #free: SpoolFiles[] = [];
  readonly #parquet: ParquetCopy[] = [];
  readonly #damaged: DamagedObject[] = [];
  readonly #progress = { objects: 0, storedBytes: 0 };
  #records = 0;

  constructor(options: SpoolOptions) {
    this.#options = options;
    this.#objects = new SpoolFiles(options.directory, `${options.name}-objects`);
  }

  async *numbered(): AsyncGenerator<NumberedObject> {
    const { objects, maxBytes } = this.#options;
    let number = 0;
    let bytes = 0;
    for await (const object of objects) {
      bytes += object.size;
      if (bytes > maxBytes) throw new LakeTooLarge(maxBytes);
      yield { ...object, number: (number += 1) };
    }
  }

  async add({ key, size, number }: NumberedObject): Promise<void> {
    const { client, bucket, keyColumns, onProgress, signal } = this.#options;
    const files = this.#takeFiles();
    const object = await openObject(client, bucket, key);
    const reader = new ByteReader(until(signal, object.body));
    try {
      const head = await reader.peek(parquetMagic.length);
      if (head.equals(parquetMagic)) await this.#copy(key, number, reader);
      else if (head.subarray(0, 3).equals(orcMagic)) this.#damaged.push({ key, reason: orc });
      else await this.#unpack({ ...object, body: reader.rest() }, number, files);
    } catch (error) {
      if (error instanceof SpoolError || signal.aborted) throw error;
      this.#damaged.push({ key, reason: error instanceof Error ? error.message : String(error) });
    } finally {
      await reader.close();
      this.#free.push(files);
    }
    const arrival = keyColumns.arrivalOf(key) ?? null;
    const row = { number, key, arrival, values: keyColumns.valuesOf(key) };
    this.#objects.write(JSON.stringify(row));
    this.#progress.objects += 1;
    this.#progress.storedBytes += size;
    onProgress?.({ ...this.#progress });
  }

  close(): void {
    for (const files of [this.#objects, ...this.#files]) files.close();
  }

  result(): Spool {
    // DuckDB needs a file, and one that is empty will do.
    if (this.#files.length === 0) this.#takeFiles();
    this.close();
    return {
      lines: this.#files.flatMap(({ files }) => files),
      longestLine: Math.max(...this.#files.map(({ longestLine }) => longestLine)),
      parquet: this.#parquet,
      objects: this.#objects.files,
      progress: this.#progress,
      records: this.#records,
      damaged: this.#damaged,
    };
  }

  #takeFiles(): SpoolFiles {
    const free = this.#free.pop();
    if (free) return free;
    const { directory, name } = this.#options;
    const files = new SpoolFiles(directory, `${name}-${this.#files.length}`);
    this.#files.push(files);
    return files;
  }

  async #unpack(
    object: Parameters<typeof readObject>[0],
    number: number,
    files: SpoolFiles,
  ): Promise<void> {
    const { lines, delimiter } = this.#options;
    await readObject(object, delimiter, (record) => {
      this.#records += 1;
      files.write(lines.lineOf(record, number, object.key));
    });
  }

  async #copy(key: string, number: number, reader: ByteReader): Promise<void> {
    const { directory, name } = this.#options;
    const file = join(directory, `${name}-${number}.parquet`);
    let source: Error | undefined;
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* reader.rest();
      } catch (error) {
        throw (source = error as Error);
      }
    };
    await pipeline(chunks, createWriteStream(file, { flags: "wx" })).catch((error: unknown) => {
      throw error === source ? error : new SpoolError(directory, error as Error);
    });
    this.#parquet.push({ key, file });
  }
}

const orcMagic = Buffer.from("ORC");

const orc = "DuckDB cannot read ORC files; --athena can";

/** There is more than should be read. */
export class LakeTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super("The objects are larger than allowed.");
  }
}

async function* until(
  signal: AbortSignal,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}
