import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { hasCode } from "../../fileErrors";

export interface StreamId {
  readonly region: string;
  /** Name of the stream. */
  readonly stream: string;
}

/** A record that a stream has accepted, with everything that is needed to put it again. */
export interface JournalRecord extends StreamId {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly explicitHashKey?: string;
  /** In base64. */
  readonly data: string;
}

/** Stores records beyond the end of this process. */
export interface RecordJournal {
  /** @throws if the records cannot be written; some of them may be written even so */
  append(records: readonly JournalRecord[]): Promise<void>;
}

/**
 * A file with one record per line, in JSON. Once `append` has resolved, its records survive the end of
 * this process, even a kill, but not always a power cut, since writes are not flushed to disk.
 */
export class JournalFile implements RecordJournal {
  readonly #handle: Pick<FileHandle, "appendFile" | "close">;
  #writing: Promise<unknown> = Promise.resolve();
  #torn = false;

  /** @param handle open for appending */
  constructor(handle: Pick<FileHandle, "appendFile" | "close">) {
    this.#handle = handle;
  }

  /** Creates the file if it does not exist; keeps its content. */
  static async open(file: string): Promise<JournalFile> {
    return new JournalFile(await open(file, "a"));
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const written = this.#writing.then(() => this.#write(lines));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Waits for pending writes; later appends fail. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #write(lines: string): Promise<void> {
    try {
      // A line that was only half written must not corrupt the next one.
      await this.#handle.appendFile(this.#torn ? `\n${lines}` : lines);
      this.#torn = false;
    } catch (error) {
      this.#torn = true;
      throw error;
    }
  }
}

/**
 * The records of a journal file, in order; none if there is no file. Incomplete lines are left out:
 * they were being written when the process was killed or the disk was full, and their producers never
 * received an acknowledgment.
 */
export async function* readJournal(file: string): AsyncGenerator<JournalRecord> {
  for await (const line of linesOf(file)) {
    const record = parsed(line);
    if (record) yield record;
  }
}

function parsed(line: string): JournalRecord | undefined {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}

/** One at a time, since a line can have 14 MiB: many at once would take all memory. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const chunks = createReadStream(file, { encoding: "utf8", highWaterMark: 1024 * 1024 });
  let begun: string[] = [];
  try {
    for await (const chunk of chunks as AsyncIterable<string>) {
      const [first = "", ...others] = chunk.split("\n");
      begun.push(first);
      for (const next of others) {
        yield begun.join("");
        begun = [next];
      }
    }
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
  yield begun.join("");
}
