import assert from "node:assert/strict";
import type { InputLine } from "../../../records/input/readRecords";
import { FieldKeys } from "../../../records/send/partitionKeys";

async function keysOf(path: string, ...records: readonly string[]) {
  async function* lines(): AsyncGenerator<InputLine> {
    for (const [index, text] of records.entries())
      yield await Promise.resolve({ line: index + 1, readTo: index + 1, data: Buffer.from(text) });
  }
  const keys = new FieldKeys(path);
  const found: unknown[] = [];
  for await (const line of keys.keyed(lines())) found.push("data" in line ? line.partitionKey : 0);
  return { found, without: keys.without };
}

describe("FieldKeys", () => {
  it("takes strings, numbers and booleans of a member at any depth", async () => {
    const record = '{"user":"u","n":7,"ok":true,"context":{"country":"EG"}}';
    for (const [path, key] of [
      ["user", "u"],
      [".user", "u"],
      ["n", "7"],
      ["ok", "true"],
      ["context.country", "EG"],
    ] as const)
      assert.deepEqual(await keysOf(path, record), { found: [key], without: 0 });
  });

  it("counts the records that have none, and leaves them to a random key", async () => {
    const long = JSON.stringify({ a: "x".repeat(257) });
    const { found, without } = await keysOf(
      "a",
      "{}",
      "text",
      "[]",
      '{"a":null}',
      '{"a":""}',
      long,
      '{"a":1}',
    );
    assert.deepEqual(found, [...Array<undefined>(6).fill(undefined), "1"]);
    assert.equal(without, 6);
    assert.equal((await keysOf("constructor", "{}")).without, 1);
  });
});
