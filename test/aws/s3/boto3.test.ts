import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { Bucket, testStore } from "./support/testStore";

const hasBoto3 = spawnSync("python3", ["-c", "import boto3"]).status === 0;
const title = "writes and reads files of 20 MiB, copies, signs URLs and lists";

describe("boto3 on the object store", () => {
  if (!hasBoto3) {
    it.skip(`${title} (skipped: python3 with boto3 is not installed)`);
    return;
  }
  const store = testStore();
  const files = temporaryFolder();

  it(title, async () => {
    await mkdir(files, { recursive: true });
    const script = join(__dirname, "useBoto3.py");
    const python = spawn("python3", [script, store.endpoint(), Bucket, files]);
    const closed = once(python, "close");
    const output = await text(python.stderr);
    const [code] = (await closed) as [number];
    assert.equal(code, 0, output);
  });
});
