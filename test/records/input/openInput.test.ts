import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openInput } from "../../../records/input/openInput";
import { collect } from "../support/chunked";

describe("openInput", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-input-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });
  const signal = new AbortController().signal;

  it("opens a file and reports its size", async () => {
    const file = join(directory, "events.jsonl");
    writeFileSync(file, "a\nb\n");
    const input = await openInput(file, signal);
    assert.equal(input.bytes, 4);
    assert.equal(input.name, file);
    assert.equal(Buffer.concat(await collect<Buffer>(input.chunks)).toString(), "a\nb\n");
  });

  it("names a missing file", async () => {
    const file = join(directory, "none.jsonl");
    await assert.rejects(openInput(file, signal), { message: `${file}: there is no such file.` });
  });

  it("rejects a directory", async () => {
    await assert.rejects(openInput(directory, signal), /is a directory\. Specify a file/);
  });

  it("closes the file when the signal fires", async () => {
    const file = join(directory, "large.jsonl");
    writeFileSync(file, Buffer.alloc(300_000, "x"));
    const stop = new AbortController();
    const { chunks } = await openInput(file, stop.signal);
    stop.abort();
    await assert.rejects(collect(chunks), { name: "AbortError" });
  });
});
