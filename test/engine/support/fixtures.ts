import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The directory of a project or policy pack in `test/engine/fixtures`. */
export function fixture(name: string): string {
  return join(__dirname, "../fixtures", name);
}

/** Calls `use` with a temporary directory that contains the files, and then deletes it. */
export function withFiles<Result>(
  files: Readonly<Record<string, string>>,
  use: (directory: string) => Result,
): Result {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  try {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(directory, name), content);
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
