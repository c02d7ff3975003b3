import { createReadStream } from "node:fs";
import { hasCode } from "../../fileErrors";
import type { JournalRecord } from "./journalRecord";

/**
 * The records of a journal file, in its order; none if there is no file. Lines that end too early
 * are left out: they were being written when the process was killed or the disk was full, and their
 * producers were never told that the stream has them.
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

/** One at a time, since a line can have 14 MiB: a reader of many would take all memory. */
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
