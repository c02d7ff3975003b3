import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SNAPSHOTS } from "./support/snapshot";

describe("test/snapshots", () => {
  it("holds no file that no test compares", () => {
    const tests = filesBelow(__dirname)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(__dirname, file), "utf8"))
      .join("\n");
    const unused = filesBelow(SNAPSHOTS).filter((file) => !tests.includes(`"${file}"`));
    assert.deepEqual(unused, []);
  });
});

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .map((file) => file.replaceAll("\\", "/"));
}
