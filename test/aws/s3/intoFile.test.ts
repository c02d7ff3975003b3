import assert from "node:assert/strict";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { intoFile } from "../../../aws/s3/intoFile";

describe("writing into a file", () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "into-file-"));
  });

  it("writes the bytes and answers the result", async () => {
    const file = join(directory, "whole");
    const result = await intoFile(file, async (target) => {
      await pipeline(Readable.from(["a", "b"]), target);
      return 2;
    });
    assert.equal(result, 2);
    assert.equal(await readFile(file, "utf8"), "ab");
  });

  const failures: readonly [string, (target: Writable) => Promise<never>][] = [
    ["before the first byte", () => Promise.reject(new Error("no"))],
    [
      "in a pipeline",
      async (target) => {
        const bytes = Readable.from(
          (function* () {
            yield "a";
            throw new Error("no");
          })(),
        );
        await pipeline(bytes, target);
        assert.fail();
      },
    ],
  ];
  for (const [when, write] of failures) {
    it(`fails only once the file is closed, with a failure ${when}`, async () => {
      let written: Writable | undefined;
      const file = join(directory, "failed");
      await assert.rejects(
        intoFile(file, (target) => write((written = target))),
        /^Error: no$/u,
      );
      assert.equal(written?.closed, true);
    });
  }

  it("passes on that the file cannot be opened", async () => {
    const file = join(directory, "missing", "file");
    const writing = intoFile(file, (target) => pipeline(Readable.from(["a"]), target));
    await assert.rejects(writing, { code: "ENOENT" });
  });
});
