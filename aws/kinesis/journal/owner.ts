import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../fileErrors";

const pidName = "pid";

export async function markOwned(folder: string): Promise<void> {
  await writeFile(join(folder, pidName), String(process.pid));
}

export async function unmarkOwned(folder: string): Promise<void> {
  await rm(join(folder, pidName), { force: true });
}

/**
 * A generation that is still being written must not be resumed, and then deleted, by another.
 *
 * @throws if the process that marked the folder runs
 */
export async function refuseOwned(folder: string): Promise<void> {
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
