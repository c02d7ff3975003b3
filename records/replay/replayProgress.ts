import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
} from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";

const entry = z.object({
  bucket: z.string(),
  key: z.string(),
  /** Lines of the error object, counted from 0. */
  replayed: z.array(z.number()),
});

/**
 * Remembers which error records are replayed, in a file to which each request adds a line. A replay that
 * is killed repeats at most the request that was in flight.
 */
export class ReplayProgress {
  readonly #file: string;
  readonly #bucket: string;
  readonly #replayed = new Map<string, Set<number>>();
  /** Bytes at the end of the file that are not a whole line. */
  #tornBytes = 0;

  /** @throws Error with the fix if the file cannot be read, or contains anything else */
  constructor(file: string, bucket: string) {
    this.#file = file;
    this.#bucket = bucket;
    if (!existsSync(file)) return;
    const content = this.#read();
    const end = content.lastIndexOf("\n") + 1;
    // The last line is incomplete if the disk was full or the power failed.
    this.#tornBytes = content.length - end;
    const lines = content.toString("utf8", 0, end).split("\n").slice(0, -1);
    lines.forEach((line, index) => {
      const read = entry.safeParse(jsonOf(line)).data;
      if (read === undefined)
        throw new Error(
          `${file} is damaged in line ${index + 1}: it is not what a replay writes. Specify another ` +
            "file with --checkpoint; it replays all records again.",
        );
      if (read.bucket === bucket) this.#add(read.key, read.replayed);
    });
  }

  /**
   * Makes sure that progress can be remembered, before there is any.
   *
   * @throws Error with the fix if the file cannot be written
   */
  begin(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      appendFileSync(this.#file, "");
    } catch (error) {
      throw this.#unusable("written", error);
    }
  }

  has(key: string, index: number): boolean {
    return this.#replayed.get(key)?.has(index) === true;
  }

  /** Lines of one error object are replayed. */
  add(key: string, replayed: readonly number[]): void {
    if (replayed.length === 0) return;
    this.#add(key, replayed);
    this.begin();
    const line = JSON.stringify({ bucket: this.#bucket, key, replayed });
    if (this.#tornBytes > 0) truncateSync(this.#file, statSync(this.#file).size - this.#tornBytes);
    this.#tornBytes = 0;
    appendFileSync(this.#file, `${line}\n`);
  }

  #read(): Buffer {
    try {
      return readFileSync(this.#file);
    } catch (error) {
      throw this.#unusable("read", error);
    }
  }

  #unusable(verb: string, error: unknown): Error {
    const { message } = error as Error;
    return new Error(
      `The checkpoint file ${this.#file} cannot be ${verb}: ${message}. Specify another one with --checkpoint.`,
    );
  }

  #add(key: string, replayed: readonly number[]): void {
    const known = this.#replayed.get(key) ?? new Set();
    this.#replayed.set(key, known);
    for (const index of replayed) known.add(index);
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
