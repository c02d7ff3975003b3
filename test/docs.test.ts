import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

describe("the pages in docs/", () => {
  for (const page of readdirSync("docs"))
    it(`${page} names tests that are there`, () => {
      const text = readFileSync(join("docs", page), "utf8");
      const named = [...text.matchAll(/`([^`*]+\.test\.ts)`/g)].map(([, file = ""]) => file);
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((file) => !existsSync(join("test", file))),
        [],
      );
    });
});
