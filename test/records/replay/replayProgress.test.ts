import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReplayProgress } from "../../../records/replay/replayProgress";

describe("the progress of a replay", () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-replay-"));
    file = join(directory, "new", "replay.jsonl");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("remembers records by bucket, object and line, also in the next process", () => {
    const first = new ReplayProgress(file, "lake");
    first.add("a", [0, 2]);
    first.add("b", [1]);
    first.add("a", [3]);
    for (const progress of [first, new ReplayProgress(file, "lake")]) {
      assert.deepEqual(
        [0, 1, 2, 3].map((index) => progress.has("a", index)),
        [true, false, true, true],
      );
      assert.equal(progress.has("b", 1), true);
      assert.equal(progress.has("c", 1), false);
    }
    assert.equal(new ReplayProgress(file, "other").has("a", 0), false);
  });

  it("writes no file before something is replayed", () => {
    new ReplayProgress(file, "lake").add("a", []);
    assert.throws(() => readFileSync(file), { code: "ENOENT" });
  });

  it("forgets a line that was not written to its end, and continues after the one before", () => {
    new ReplayProgress(file, "lake").add("a", [0]);
    // Also in the middle of a character.
    appendFileSync(file, Buffer.from('{"bucket":"lake","key":"ä').subarray(0, -1));
    const second = new ReplayProgress(file, "lake");
    assert.equal(second.has("a", 0), true);
    second.add("b", [0]);
    second.add("c", [0]);
    const third = new ReplayProgress(file, "lake");
    assert.deepEqual(
      ["a", "b", "c"].map((key) => third.has(key, 0)),
      [true, true, true],
    );
  });

  it("rejects a file that is something else, by its line", () => {
    new ReplayProgress(file, "lake").add("a", [0]);
    appendFileSync(file, "events\nmore\n");
    assert.throws(() => new ReplayProgress(file, "lake"), /is damaged in line 2: .*--checkpoint/);
  });
});
