import { type Dirent, existsSync } from "node:fs";
import { readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { StoreInUse } from "../../aws/kinesis/store/storeLock";
import { StreamStore } from "../../aws/kinesis/store/streamStore";
import { print } from "../output";
import { byteSize, counted } from "../../records/amounts";
import { jsonText, printable } from "../reports/printable";
import { isRun, runsDirectory, storeNames } from "./runDirectory";

export interface CleanOptions {
  /** Runs that are named; empty for all. */
  readonly directories: readonly string[];
  readonly stack?: string;
  /** In milliseconds. */
  readonly olderThan?: number;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly cwd: string;
}

interface CleanedRun {
  readonly directory: string;
  readonly bytes: number;
  /** Why it stays; absent if it is removed. */
  readonly reason?: string;
}

/**
 * Removes the directories of earlier runs and prints what it removes and what stays.
 *
 * @returns the exit code: 0, or 1 if a run that was named stays or a run could not be removed
 * @throws Error if a directory that was named is not that of a run
 */
export async function clean(options: CleanOptions): Promise<number> {
  const { directories, dryRun = false, json = false } = options;
  const runs = directories.length > 0 ? namedRuns(options) : await runsBelow(options);
  const cleaned: CleanedRun[] = [];
  for (const directory of runs) {
    const run = await cleanOne(directory, options);
    cleaned.push(run);
    if (!json) printRun(run, dryRun);
  }
  const kept = cleaned.filter(({ reason }) => reason !== undefined);
  const removed = cleaned.filter(({ reason }) => reason === undefined);
  const bytes = removed.reduce((sum, run) => sum + run.bytes, 0);
  print(
    json
      ? jsonText({ dryRun, removed, kept })
      : `${dryRun ? "Would remove" : "Removed"} ${counted(removed.length, "run")} (${byteSize(bytes)})` +
          (kept.length > 0 ? `; ${counted(kept.length, "run")} kept.` : "."),
  );
  const isIncomplete = kept.some(({ reason = "" }) => reason.startsWith(failed));
  return isIncomplete || (directories.length > 0 && kept.length > 0) ? 1 : 0;
}

function printRun({ directory, bytes, reason }: CleanedRun, dryRun: boolean): void {
  const verb = reason === undefined ? (dryRun ? "would remove" : "removed") : "kept";
  const shown = printable(path.relative(process.cwd(), directory) || ".");
  print(`${verb.padEnd(dryRun ? 12 : 7)}  ${byteSize(bytes).padStart(10)}  ${shown}`);
  if (reason !== undefined) print(`  ${printable(reason)}`);
}

const failed = "It could not be removed";

function namedRuns({ directories, cwd }: CleanOptions): readonly string[] {
  return directories.map((name) => {
    const directory = path.resolve(cwd, name);
    if (isRun(directory)) return directory;
    throw new Error(
      `"${name}" is not the directory of a run, so nothing was removed. Each run prints its ` +
        `directory, which is below ${runsDirectory}/.`,
    );
  });
}

async function runsBelow({ cwd, stack, olderThan }: CleanOptions): Promise<readonly string[]> {
  const root = path.resolve(cwd, runsDirectory);
  const stacks = stack === undefined ? await directoriesIn(root) : [path.join(root, stack)];
  const runs: string[] = [];
  for (const parent of stacks)
    for (const directory of await directoriesIn(parent)) {
      if (!isRun(directory) && !directory.endsWith(removedSuffix)) continue;
      const age = Date.now() - (await lastUse(directory));
      if (olderThan === undefined || age > olderThan) runs.push(directory);
    }
  return runs;
}

/** In milliseconds since 1970; a run changes these at its start and at its end. */
async function lastUse(directory: string): Promise<number> {
  const files = ["", "monitoring.json", ...storeNames].map((name) => path.join(directory, name));
  const times = await Promise.all(
    files.map(async (file) => (existsSync(file) ? (await stat(file)).mtimeMs : 0)),
  );
  return Math.max(...times);
}

/** Marks a run that is being removed, so that half of one is not taken for a run. */
const removedSuffix = "~removed";

async function cleanOne(directory: string, options: CleanOptions): Promise<CleanedRun> {
  const bytes = await sizeOf(directory);
  const { dryRun = false } = options;
  const isAnyway = options.all === true || options.directories.length > 0;
  const opened = await openStores(directory);
  try {
    const reason = "reason" in opened ? opened.reason : await undeliveredIn(opened.stores);
    const stays = "isInUse" in opened || (reason !== undefined && !isAnyway);
    if (stays) return { directory, bytes, ...(reason !== undefined && { reason }) };
    if (!dryRun) await remove(directory);
    return { directory, bytes };
  } catch (error) {
    return { directory, bytes, reason: `${failed}: ${(error as Error).message}` };
  } finally {
    if ("stores" in opened) for (const store of opened.stores) await store.close();
  }
}

type Opened =
  | { readonly stores: readonly StreamStore[] }
  | { readonly reason: string; readonly isInUse?: true };

/** Opening the stores also keeps another process from using them meanwhile. */
async function openStores(directory: string): Promise<Opened> {
  const stores: StreamStore[] = [];
  for (const name of storeNames) {
    const store = path.join(directory, name);
    if (!existsSync(store)) continue;
    try {
      stores.push(await StreamStore.open(store));
    } catch (error) {
      for (const opened of stores) await opened.close();
      const isInUse = error instanceof StoreInUse;
      if (isInUse) return { reason: `It is in use by process ${error.pid}.`, isInUse };
      return { reason: `Its records cannot be counted: ${(error as Error).message}` };
    }
  }
  return { stores };
}

async function undeliveredIn(stores: readonly StreamStore[]): Promise<string | undefined> {
  let records = 0;
  for (const store of stores) {
    const { kept } = await store.undelivered();
    records += kept.reduce((sum, stream) => sum + stream.records, 0);
  }
  if (records === 0) return undefined;
  const verb = records === 1 ? "is" : "are";
  return `${counted(records, "record")} ${verb} not delivered: --resume delivers them, --all removes them.`;
}

async function remove(directory: string): Promise<void> {
  const removed = directory.endsWith(removedSuffix) ? directory : `${directory}${removedSuffix}`;
  if (removed !== directory) await rename(directory, removed);
  await rm(removed, { recursive: true, force: true });
  const parent = path.dirname(directory);
  // The directory of a stack is removed with its last run.
  if (path.basename(path.dirname(parent)) === runsDirectory)
    await rmdir(parent).catch(() => undefined);
}

async function sizeOf(directory: string): Promise<number> {
  let bytes = 0;
  for (const entry of await entriesOf(directory)) {
    const file = path.join(directory, entry.name);
    bytes += entry.isDirectory()
      ? await sizeOf(file)
      : entry.isFile()
        ? (await stat(file)).size
        : 0;
  }
  return bytes;
}

async function directoriesIn(parent: string): Promise<readonly string[]> {
  const entries = (await entriesOf(parent)).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => path.join(parent, name)).sort();
}

/** Empty if there is no such directory. */
async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch(() => []);
}
