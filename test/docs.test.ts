import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs")
    .filter((page) => page.endsWith(".md"))
    .map((page) => join("docs", page)),
];

describe("the pages of the project", () => {
  for (const page of pages)
    it(`${page} names files and tests that exist`, () => {
      const text = readFileSync(page, "utf8");
      const named = [...text.matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|cjs|mjs|json|yaml|jsonl))`/gu)]
        .map(([, file = ""]) => file)
        .filter((file) => !file.startsWith(".streamlake/"));
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((file) => !existsSync(file) && !existsSync(join("test", file))),
        [],
      );
    });
});
