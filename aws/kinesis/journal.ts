import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { generationFolder, generationsIn, journalName, newGeneration } from "./generations";
import { JournalFile } from "./journal/journalFile";
import type { RecordJournal } from "./journal/journalRecord";
import { markOwned, refuseOwned, unmarkOwned } from "./journal/owner";

/** Where the records of this start of the local Kinesis are kept, and those of earlier ones lie. */
export interface Journal extends RecordJournal {
  readonly directory: string;
  /** Of this start, e.g. `000003`. */
  readonly generation: string;
  /** Those that are there from earlier starts, oldest first. */
  readonly olderGenerations: readonly string[];
  /** Once all is written. What is in the folder stays. */
  close(): Promise<void>;
}

/**
 * Begins a new generation in a folder. kinesis-local keeps its streams in memory; this is what makes
 * their records outlive a kill: `replay` puts those that were not delivered into the next one.
 *
 * @param directory made if it does not exist
 * @throws if a running process has it open
 */
export async function openJournal(directory: string): Promise<Journal> {
  await mkdir(directory, { recursive: true });
  const olderGenerations = await generationsIn(directory);
  for (const older of olderGenerations) await refuseOwned(generationFolder(directory, older));
  const generation = await newGeneration(directory, olderGenerations);
  const folder = generationFolder(directory, generation);
  await markOwned(folder);
  const file = await JournalFile.open(join(folder, journalName));
  return {
    directory,
    generation,
    olderGenerations,
    append: (records) => file.append(records),
    async close() {
      await file.close();
      await unmarkOwned(folder);
    },
  };
}
