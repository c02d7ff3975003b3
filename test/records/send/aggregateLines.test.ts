import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { userRecords } from "../../../aws/firehose/features/kplAggregates";
import type { InputLine } from "../../../records/input/readRecords";
import { type AggregateOptions, LineAggregator } from "../../../records/send/aggregateLines";

type Line = Extract<InputLine, { data: Uint8Array }>;

const line = (number: number, text: string, partitionKey?: string): InputLine => ({
  ...{ line: number, readTo: number, data: Buffer.from(text) },
  ...(partitionKey !== undefined && { partitionKey }),
});

async function packed(lines: readonly InputLine[], options: Partial<AggregateOptions> = {}) {
  const aggregator = new LineAggregator({
    ...{ format: "newline", routeOf: (key) => key, endsWithNewline: false, compression: "none" },
    wait: () => new Promise(() => undefined),
    ...options,
  });
  async function* source() {
    for (const one of lines) yield await Promise.resolve(one);
  }
  const records: InputLine[] = [];
  for await (const record of aggregator.aggregated(source())) records.push(record);
  const data = records.filter((record): record is Line => "data" in record);
  return { records, data, texts: data.map((one) => Buffer.from(one.data).toString()), aggregator };
}

describe("LineAggregator", () => {
  it("joins lines with newlines, and passes on what cannot be a record", async () => {
    const rejected = { line: 2, readTo: 2, rejected: "not UTF-8" };
    const { records, texts } = await packed([line(1, "one"), rejected, line(3, "two")]);
    assert.deepEqual(texts, ["one\ntwo"]);
    assert.deepEqual(records[0], rejected);
    const last = records[1] as Line;
    assert.deepEqual([last.firstLine, last.line, last.readTo, last.lineBytes], [1, 3, 3, 7]);
  });

  it("ends records with a newline if Firehose appends none, and compresses them as producers do", async () => {
    const ended = await packed([line(1, "a"), line(2, "b")], { endsWithNewline: true });
    assert.deepEqual(ended.texts, ["a\nb\n"]);
    const alone = await packed([line(1, "a")], { endsWithNewline: true });
    assert.deepEqual(alone.texts, ["a\n"]);
    const { data } = await packed([line(1, "a"), line(2, "b")], {
      ...{ endsWithNewline: true, compression: "GZIP" },
    });
    assert.equal(gunzipSync(data[0]?.data ?? Buffer.alloc(0)).toString(), "a\nb\n");
  });

  it("fills records up to 50 KiB and 500 lines, and leaves a longer line alone", async () => {
    const long = "x".repeat(60_000);
    const lines = Array.from({ length: 1200 }, (_, index) => line(index + 1, "y".repeat(99)));
    const { texts } = await packed([...lines, line(1201, long)]);
    assert.deepEqual(
      texts.map((text) => text.split("\n").length),
      [500, 500, 200, 1],
    );
    assert.equal(texts.at(-1), long);
    const wide = await packed(
      Array.from({ length: 100 }, (_, index) => line(index + 1, "z".repeat(1023))),
    );
    assert.ok(wide.texts.every((text) => text.length <= 50 * 1024));
    assert.equal(wide.texts.length, 3);
  });

  it("packs only lines of the same route together, each record with a key of its route", async () => {
    const keys = ["a", "b", "c", "a", "b", "c"];
    const lines = keys.map((key, index) => line(index + 1, `${key}${index}`, key));
    const byKey = await packed(lines);
    assert.deepEqual(byKey.texts, ["a0\na3", "b1\nb4", "c2\nc5"]);
    assert.deepEqual(
      byKey.data.map((one) => one.partitionKey),
      ["a", "b", "c"],
    );

    const shards = { a: "0", b: "1", c: "0" } as const;
    const byShard = await packed(lines, {
      format: "kpl",
      routeOf: (key) => shards[key as "a" | "b" | "c"],
    });
    const read = byShard.data.map((one) => userRecords(one.data)?.map((user) => user.partitionKey));
    assert.deepEqual(read, [
      ["b", "b"],
      ["a", "c", "a", "c"],
    ]);
    for (const [index, record] of byShard.data.entries())
      assert.ok(read[index]?.includes(record.partitionKey ?? ""));
  });

  it("packs lines without a key into KPL aggregates of one random key each", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => line(index + 1, "y".repeat(100)));
    const { data } = await packed(lines, { format: "kpl" });
    assert.ok(data.length > 3 && data.length < 8);
    for (const { data: aggregate, partitionKey } of data) {
      assert.ok(aggregate.length <= 50 * 1024);
      const users = userRecords(aggregate) ?? [];
      assert.deepEqual([...new Set(users.map((user) => user.partitionKey))], [partitionKey]);
    }
    assert.equal(new Set(data.map(({ partitionKey }) => partitionKey)).size, data.length);
    const alone = await packed([line(1, "only")], { format: "kpl" });
    assert.deepEqual(alone.texts, ["only"]);
  });

  it("counts what AWS charges before and after", async () => {
    const lines = Array.from({ length: 500 }, (_, index) => line(index + 1, "y".repeat(99)));
    const { aggregator } = await packed(lines);
    assert.deepEqual(aggregator.savings.amounts(), {
      before: { records: 500, bytes: 49_500, firehoseBytes: 500 * 5120, payloadUnits: 500 },
      after: { records: 1, bytes: 49_999, firehoseBytes: 51_200, payloadUnits: 2 },
    });
  });
});
