import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInput } from "../../../records/input/openInput";
import { collect } from "../support/chunked";

describe("openInput", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "streamlake-input-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const signal = new AbortController().signal;

  it("opens a file and tells its size", async () => {
    const file = join(folder, "events.jsonl");
    writeFileSync(file, "a\nb\n");
    const input = await openInput(file, signal);
    assert.equal(input.bytes, 4);
    assert.equal(input.name, file);
    assert.equal(Buffer.concat(await collect<Buffer>(input.chunks)).toString(), "a\nb\n");
  });

  it("names a file that is missing", async () => {
    const file = join(folder, "none.jsonl");
    await assert.rejects(openInput(file, signal), { message: `${file}: there is no such file.` });
  });

  it("says that a folder is not a file", async () => {
    await assert.rejects(openInput(folder, signal), /is a folder\. Give one file/);
  });

  it("closes the file when the signal fires", async () => {
    const file = join(folder, "large.jsonl");
    writeFileSync(file, Buffer.alloc(300_000, "x"));
    const stop = new AbortController();
    const { chunks } = await openInput(file, stop.signal);
    stop.abort();
    await assert.rejects(collect(chunks), { name: "AbortError" });
  });
});
