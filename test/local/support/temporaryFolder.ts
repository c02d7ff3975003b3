import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty directory, removed after the tests of the suite that calls it. */
export function temporaryFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
  after(() => rm(directory, { recursive: true }));
  return directory;
}
