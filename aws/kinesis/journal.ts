import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import { generationFolder, generationsIn, journalName, newGeneration } from "./generations";
import { JournalFile, type RecordJournal } from "./journal/journalFile";

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

const pidName = "pid";

async function markOwned(folder: string): Promise<void> {
  await writeFile(join(folder, pidName), String(process.pid));
}

async function unmarkOwned(folder: string): Promise<void> {
  await rm(join(folder, pidName), { force: true });
}

/**
 * A generation that is still being written must not be resumed, and then deleted, by another.
 *
 * @throws if the process that marked the folder runs
 */
async function refuseOwned(folder: string): Promise<void> {
  const file = join(folder, pidName);
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!(pid > 0) || !runs(pid)) return;
  throw new Error(
    `${folder} is in use by process ${pid}: a stack runs once at a time. ` +
      `If that process is something else, delete ${file}.`,
  );
}

function runs(pid: number): boolean {
  // In a container, the process of the next start often has the number of the last one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
