import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkpointFile } from "../../../../aws/firehose/delivery/checkpoints";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

describe("checkpointFile", () => {
  const folder = temporaryFolder();

  it("has no position before the first one is saved", async () => {
    assert.deepEqual(await checkpointFile(join(folder, "new.json")).load(), new Map());
  });

  it("keeps the positions that were saved last, for another process too", async () => {
    const file = join(folder, "made", "on-the-way", "positions.json");
    await checkpointFile(file).save(new Map([["shard-a", "1"]]));
    const positions = new Map([
      ["shard-a", "9"],
      ["shard-b", "49590338271490256608559692538361571095921575989136588898"],
    ]);
    await checkpointFile(file).save(positions);
    assert.deepEqual(await checkpointFile(file).load(), positions);
  });

  it("keeps the old positions whole when new ones cannot be written", async () => {
    const file = join(folder, "kept.json");
    await checkpointFile(file).save(new Map([["shard-a", "1"]]));
    // In place of a disk that is full: the new file cannot be made.
    mkdirSync(`${file}.next`);
    await assert.rejects(checkpointFile(file).save(new Map([["shard-a", "2"]])));
    assert.equal(readFileSync(file, "utf8"), '{"shard-a":"1"}');
  });

  it("does not take a file that is not its own for an empty one", async () => {
    const file = join(folder, "torn.json");
    writeFileSync(file, '{"shard-a":');
    await assert.rejects(checkpointFile(file).load(), SyntaxError);
  });
});
