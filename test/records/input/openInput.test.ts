import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
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
    assert.equal(Buffer.concat(await collect(input.chunks)).toString(), "a\nb\n");
  });

  it("names a missing file", async () => {
    const file = join(directory, "none.jsonl");
    await assert.rejects(openInput(file, signal), { message: `${file}: there is no such file.` });
  });

  it("rejects a directory", async () => {
    await assert.rejects(openInput(directory, signal), /is a directory\. Specify a file/);
  });

  it("rejects a file that contains only blank lines", async () => {
    const file = join(directory, "blank.jsonl");
    writeFileSync(file, `\ufeff${"\n \r\n\t".repeat(50_000)}`);
    await assert.rejects(openInput(file, signal), {
      message: `${file} contains only blank lines. Put one event on each line, for example as JSON.`,
    });
    writeFileSync(file, `${"\n".repeat(200_000)}x`);
    assert.equal((await openInput(file, signal)).bytes, 200_001);
  });

  it("rejects a file that is surely a mistake, with the command that fixes it", async () => {
    const file = join(directory, "two words.gz");
    writeFileSync(file, gzipSync("a\nb\n"));
    await assert.rejects(openInput(file, signal, "npx streamlake send - --stack dev"), {
      message:
        `${file} is compressed with GZIP. Records are lines of text in UTF-8. To convert it:\n` +
        `  gunzip -c '${file}' | npx streamlake send - --stack dev`,
    });
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
