import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../../fileErrors";

const resumedName = "resumed.json";

/**
 * The streams, `<region>/<name>`, of a generation that stays for the sake of others, whose records
 * a newer generation has already.
 */
export async function readResumed(folder: string): Promise<ReadonlySet<string>> {
  try {
    const streams = JSON.parse(await readFile(join(folder, resumedName), "utf8")) as string[];
    return new Set(streams);
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return new Set();
    throw error;
  }
}

/** Replaces what was written before; all or nothing, if the process ends in between. */
export async function writeResumed(folder: string, streams: ReadonlySet<string>): Promise<void> {
  const next = join(folder, `${resumedName}.next`);
  await writeFile(next, JSON.stringify([...streams]));
  await rename(next, join(folder, resumedName));
}
