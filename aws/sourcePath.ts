import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A file or folder that is not compiled, so that it is only in the sources: they are above a compiled
 * module as they are above a source.
 *
 * @param path from the root of the repository
 */
export function sourcePath(path: string): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const found = join(directory, path);
    if (existsSync(found)) return found;
    if (directory === dirname(directory)) throw new Error(`No ${path} above ${__dirname}.`);
  }
}
