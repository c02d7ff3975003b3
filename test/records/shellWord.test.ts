import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { shellWord } from "../../records/shellWord";

describe("a word of a shell command", () => {
  it("is quoted only if it must be", () => {
    assert.equal(shellWord("raw/events.jsonl"), "raw/events.jsonl");
    assert.equal(shellWord("my events.jsonl"), "'my events.jsonl'");
    assert.equal(shellWord("raw/!{timestamp:yyyy'T'}/"), `'raw/!{timestamp:yyyy'\\''T'\\''}/'`);
    assert.equal(shellWord(""), "''");
  });

  it("reaches a command as it is", () => {
    const word = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        const command = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
        const { stdout } = spawnSync("sh", ["-c", command], { encoding: "utf8" });
        assert.deepEqual(stdout.split("\0").slice(0, -1), words);
      }),
      { numRuns: 30 },
    );
  });
});
