import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One file for each whole report that a test compares. */
export const SNAPSHOTS = join(__dirname, "../snapshots");

/**
 * Compares a whole report with the file of that name in `test/snapshots/`, so that a change of its
 * wording is a diff of that file. `UPDATE_SNAPSHOTS=1 npm test` writes the files anew.
 *
 * @param name path below `test/snapshots/`, e.g. `plan/denied.txt`
 */
export function assertSnapshot(name: string, actual: string): void {
  const file = join(SNAPSHOTS, name);
  if (process.env["UPDATE_SNAPSHOTS"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `There is no snapshot ${name}: write it with UPDATE_SNAPSHOTS=1.`);
  assert.equal(actual, readFileSync(file, "utf8"), `snapshot ${name}`);
}
