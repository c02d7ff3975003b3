import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Written at once. */
const blockLength = 1024 * 1024;

/** DuckDB reads several files at a time. */
const maxFileBytes = 128 * 1024 * 1024;

/** Lines in temporary files, which DuckDB reads as tables. */
export class SpoolFiles {
  readonly #directory: string;
  readonly #name: string;
  readonly #files: string[] = [];
  #descriptor: number | undefined;
  #block = "";
  #bytes = 0;
  #longest = 0;

  /** @param name begins the names of the files */
  constructor(directory: string, name: string) {
    this.#directory = directory;
    this.#name = name;
  }

  /** Paths of the files; at least one, which may be empty. */
  get files(): readonly string[] {
    return this.#files;
  }

  /** Bytes of the longest line. */
  get longestLine(): number {
    return this.#longest;
  }

  /** @throws SpoolError if the disk is full */
  write(line: string): void {
    // A character has at most 3 bytes of UTF-8 for each unit of UTF-16.
    this.#longest = Math.max(this.#longest, 3 * line.length);
    this.#block += `${line}\n`;
    if (this.#block.length >= blockLength) this.#flush();
  }

  /** Writes what is left. */
  close(): void {
    this.#flush();
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #flush(): void {
    try {
      this.#bytes += writeAll(this.#open(), Buffer.from(this.#block));
    } catch (error) {
      throw new SpoolError(this.#directory, error as Error);
    }
    this.#block = "";
    if (this.#bytes < maxFileBytes) return;
    this.#bytes = 0;
    this.close();
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const file = join(this.#directory, `${this.#name}-${this.#files.length}.jsonl`);
    this.#files.push(file);
    this.#descriptor = openSync(file, "wx");
    return this.#descriptor;
  }
}

/** @returns the number of bytes */
function writeAll(descriptor: number, bytes: Buffer): number {
  for (let written = 0; written < bytes.length;)
    written += writeSync(descriptor, bytes, written, bytes.length - written);
  return bytes.length;
}

/** A temporary file cannot be written. */
export class SpoolError extends Error {
  constructor(directory: string, cause: Error) {
    super(
      `Temporary files cannot be written to ${directory}: ${cause.message}. Read fewer days, ` +
        "or set TMPDIR to a directory with more space.",
      { cause },
    );
  }
}
