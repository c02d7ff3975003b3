import { open, type FileHandle } from "node:fs/promises";
import type { JournalRecord, RecordJournal } from "./journalRecord";

/**
 * A file with one record a line, in JSON. What `append` has resolved for survives the end of this
 * process, however that ends; not always a power cut, since the disk is not waited for.
 */
export class JournalFile implements RecordJournal {
  readonly #handle: Pick<FileHandle, "appendFile" | "close">;
  #writing: Promise<unknown> = Promise.resolve();
  #torn = false;

  /** @param handle open for appending */
  constructor(handle: Pick<FileHandle, "appendFile" | "close">) {
    this.#handle = handle;
  }

  /** Made if it does not exist; what is in it stays. */
  static async open(file: string): Promise<JournalFile> {
    return new JournalFile(await open(file, "a"));
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const written = this.#writing.then(() => this.#write(lines));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** After what is being written; later appends fail. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #write(lines: string): Promise<void> {
    try {
      // A line that was only half written must not spoil the next one.
      await this.#handle.appendFile(this.#torn ? `\n${lines}` : lines);
      this.#torn = false;
    } catch (error) {
      this.#torn = true;
      throw error;
    }
  }
}
