import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../fileErrors";
import { generationFolder, generationsIn, journalName, newGeneration } from "./generations";
import { JournalFile, type RecordJournal } from "./journal/journalFile";

/** Stores the records of this start of the local Kinesis, next to those of earlier starts. */
export interface Journal extends RecordJournal {
  readonly directory: string;
  /** Of this start, e.g. `000003`. */
  readonly generation: string;
  /** Generations of earlier starts, oldest first. */
  readonly olderGenerations: readonly string[];
  /** Waits for pending writes. The files stay. */
  close(): Promise<void>;
}

/**
 * Starts a new generation in a directory. kinesis-local keeps its streams in memory; the journal
 * preserves their records after a kill, and `replay` puts the undelivered ones into the next one.
 *
 * @param directory created if it does not exist
 * @throws if a running process has it open
 */
export async function openJournal(directory: string): Promise<Journal> {
  await mkdir(directory, { recursive: true });
  const olderGenerations = await generationsIn(directory);
  for (const older of olderGenerations) await requireUnowned(generationFolder(directory, older));
  const generation = await newGeneration(directory, olderGenerations);
  const generationPath = generationFolder(directory, generation);
  await markOwned(generationPath);
  const file = await JournalFile.open(join(generationPath, journalName));
  return {
    directory,
    generation,
    olderGenerations,
    append: (records) => file.append(records),
    async close() {
      await file.close();
      await unmarkOwned(generationPath);
    },
  };
}

const pidName = "pid";

async function markOwned(generationPath: string): Promise<void> {
  await writeFile(join(generationPath, pidName), String(process.pid));
}

async function unmarkOwned(generationPath: string): Promise<void> {
  await rm(join(generationPath, pidName), { force: true });
}

/**
 * Protects a generation that is still being written from being resumed, and then deleted, by another.
 *
 * @throws if the process that marked the directory is running
 */
async function requireUnowned(generationPath: string): Promise<void> {
  const file = join(generationPath, pidName);
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  if (!(pid > 0) || !runs(pid)) return;
  throw new Error(
    `${generationPath} is in use by process ${pid}: only one local run can use it at a time. ` +
      `If that process is not a local run, delete ${file}.`,
  );
}

function runs(pid: number): boolean {
  // In a container, the process of the next start often has the same id as the last one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
