import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Projects and policy packs to run: see their own files. */
export function fixture(name: string): string {
  return join(__dirname, "fixtures", name);
}

/** Calls `use` with a temporary folder that holds the files; the folder goes afterwards. */
export function withFiles<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
