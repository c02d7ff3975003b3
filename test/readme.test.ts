import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const readme = readFileSync("README.md", "utf8");

describe("README.md", () => {
  it("begins with the commands that run and test everything", () => {
    const [, first, second] = /```\n(.*)\n(.*)\n```/.exec(readme) ?? [];
    assert.match(first ?? "", /^npm ci && npm start/);
    assert.match(second ?? "", /^npm ci && npm test/);
  });

  it("describes every output of the program", () => {
    const [, exported = ""] =
      /export const \{(.*)\} = pipeline/s.exec(readFileSync("index.ts", "utf8")) ?? [];
    const outputs = exported.split(",").map((name) => name.trim());
    for (const output of outputs.filter((name) => name !== ""))
      assert.ok(readme.includes(`\`${output}\``), output);
  });
});
