import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The directory of a project or policy pack in `test/engine/fixtures`. */
export function fixture(name: string): string {
  return join(__dirname, "../fixtures", name);
}

/** Calls `use` with a temporary directory that contains the files, and then deletes it. */
export function withFiles<Result>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (directory: string) => Result,
): Result {
  const directory = temporaryDirectory(files);
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Like `withFiles`; the directory exists until the promise of `use` is settled. */
export async function withFilesAsync<Result>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (directory: string) => Promise<Result>,
): Promise<Result> {
  const directory = temporaryDirectory(files);
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function temporaryDirectory(files: Readonly<Record<string, string | Buffer>>): string {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return directory;
}
