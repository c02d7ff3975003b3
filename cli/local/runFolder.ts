import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";

/**
 * A new folder for the buckets of one run: `.streamlake/<stack>/<time>-<random>`. Runs side by side
 * never share one, and each stays until somebody deletes it.
 */
export function newRunFolder(cwd: string, stack: string): string {
  const parent = path.resolve(cwd, ".streamlake", stack);
  mkdirSync(parent, { recursive: true });
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  return mkdtempSync(path.join(parent, `${time}-`));
}

/**
 * The folder of an earlier run.
 *
 * @throws if it is none
 */
export function earlierRunFolder(cwd: string, folder: string): string {
  const found = path.resolve(cwd, folder);
  if (existsSync(path.join(found, ".kinesis"))) return found;
  throw new Error(
    `--resume "${folder}" is not the folder of an earlier run. Runs name theirs, below .streamlake/.`,
  );
}
