import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../fileErrors";

/** Allows one process at a time to use a directory. */
export class StoreLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws if the process that has the lock runs */
  static async acquire(directory: string): Promise<StoreLock> {
    const file = join(directory, "pid");
    for (;;) {
      try {
        await writeFile(file, String(process.pid), { flag: "wx" });
        return new StoreLock(file);
      } catch (error) {
        if (!hasCode(error, "EEXIST")) throw error;
      }
      const pid = Number(await readFile(file, "utf8").catch(() => ""));
      if (pid > 0 && isOtherProcess(pid))
        throw new Error(
          `${directory} is in use by process ${pid}: a stack runs once at a time. ` +
            `If that process is something else, delete ${file}.`,
        );
      await rm(file, { force: true });
    }
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

function isOtherProcess(pid: number): boolean {
  // In a container, the process of the next start often has the number of the last one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
