import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkpointFile } from "../../../../aws/firehose/delivery/checkpoints";
import { temporaryFolder } from "../../../local/support/temporaryFolder";

describe("checkpointFile", () => {
  const directory = temporaryFolder();

  it("loads no positions before the first ones are saved", async () => {
    assert.deepEqual(await checkpointFile(join(directory, "new.json")).load(), new Map());
  });

  it("loads the positions that were saved last, even in another process", async () => {
    const file = join(directory, "made", "on-the-way", "positions.json");
    await checkpointFile(file).save(new Map([["shard-a", "1"]]));
    const positions = new Map([
      ["shard-a", "9"],
      ["shard-b", "49590338271490256608559692538361571095921575989136588898"],
    ]);
    await checkpointFile(file).save(positions);
    assert.deepEqual(await checkpointFile(file).load(), positions);
  });

  it("keeps the old positions intact when new ones cannot be written", async () => {
    const file = join(directory, "kept.json");
    await checkpointFile(file).save(new Map([["shard-a", "1"]]));
    // Stands for a full disk: the new file cannot be created.
    mkdirSync(`${file}.next`);
    await assert.rejects(checkpointFile(file).save(new Map([["shard-a", "2"]])));
    assert.equal(readFileSync(file, "utf8"), '{"shard-a":"1"}');
  });

  for (const [what, content] of [
    ["incomplete JSON", '{"shard-a":'],
    ["no JSON", ""],
    ["a list", '["shard-a"]'],
    ["a position that is not a string", '{"shard-a":1}'],
    ["a position that is not a sequence number", '{"shard-a":"latest"}'],
  ] as const) {
    it(`reports a damaged file that contains ${what}, instead of starting again`, async () => {
      const file = join(directory, "damaged.json");
      writeFileSync(file, content);
      await assert.rejects(checkpointFile(file).load(), (error: Error) => {
        assert.ok(error instanceof SyntaxError);
        assert.ok(error.message.startsWith(`${file} is damaged: it must contain`), error.message);
        return true;
      });
    });
  }
});
