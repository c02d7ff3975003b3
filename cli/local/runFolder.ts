import { mkdirSync, mkdtempSync } from "node:fs";
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
