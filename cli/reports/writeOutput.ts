import { writeFileSync } from "node:fs";

/**
 * Writes a file that an option names.
 *
 * @param what it contains, for the error: `the SARIF report`
 * @throws Error that names the file
 */
export function writeOutput(what: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new Error(`Cannot write ${what}: ${(error as Error).message}`, { cause: error });
  }
}
