import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The absolute path of something in the command's package that is not compiled. It is searched upward
 * from here, because this module runs compiled as well as from its source.
 *
 * @param path from the package's directory
 */
export function packagePath(path: string): string {
  for (let directory = __dirname; ; directory = dirname(directory)) {
    const found = join(directory, path);
    if (existsSync(found)) return found;
    if (directory === dirname(directory)) throw new Error(`No ${path} above ${__dirname}.`);
  }
}
