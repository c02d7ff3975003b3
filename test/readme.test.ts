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
    const program = readFileSync("index.ts", "utf8");
    const [, exported = ""] = /export const \{(.*)\} = pipeline/s.exec(program) ?? [];
    const marked = [...program.matchAll(/^export const (\w+) =/gm)].map(([, name = ""]) => name);
    const outputs = [...exported.split(",").map((name) => name.trim()), ...marked];
    assert.ok(marked.length > 0);
    for (const output of outputs.filter((name) => name !== ""))
      assert.ok(readme.includes(`\`${output}\``), output);
  });
});
