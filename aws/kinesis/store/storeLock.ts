import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { hasCode } from "../../fileErrors";
import { isRunning } from "../../runningProcess";

/** Files of the locks that this process has. */
const lockedHere = new Set<string>();

/** A running process uses the directory. */
export class StoreInUse extends Error {
  constructor(
    message: string,
    readonly pid: number,
  ) {
    super(message);
  }
}

/** Allows one process at a time to use a directory. */
export class StoreLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws StoreInUse if the process that has the lock runs */
  static async acquire(directory: string): Promise<StoreLock> {
    const file = resolve(directory, "pid");
    if (lockedHere.has(file))
      throw new StoreInUse(`${directory} is in use by this process.`, process.pid);
    for (;;) {
      try {
        await writeFile(file, String(process.pid), { flag: "wx" });
        lockedHere.add(file);
        return new StoreLock(file);
      } catch (error) {
        if (!hasCode(error, "EEXIST")) throw error;
      }
      const found = await readFile(file, "utf8").catch(() => "");
      const pid = Number(found);
      if (pid > 0 && isOtherProcess(pid))
        throw new StoreInUse(
          `${directory} is in use by process ${pid}: a stack runs once at a time. ` +
            `If that process is something else, delete ${file}.`,
          pid,
        );
      await removeStale(file, found);
    }
  }

  async release(): Promise<void> {
    lockedHere.delete(this.#file);
    await rm(this.#file, { force: true });
  }
}

/** Another process may have removed the file meanwhile, and made its own. */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = `${file}-${process.pid}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, "utf8")) === stale) await rm(aside);
    else await rename(aside, file);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

function isOtherProcess(pid: number): boolean {
  // In a container, the process of the next start often has the number of the last one.
  return pid !== process.pid && isRunning(pid);
}
