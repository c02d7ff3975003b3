import assert from "node:assert/strict";
import {
  dataObjects,
  type DayRange,
  errorObjects,
  prefixesOf,
} from "../../../records/query/rangeObjects";
import { FakeLake, objectKey } from "../support/fakeLake";

describe("the objects of a range of days", () => {
  const keys = ["2026-11-21", "2026-11-22", "2026-11-23"].map((day, index) =>
    objectKey(`raw/${day.replaceAll("-", "/")}/`, day, index),
  );
  const error = objectKey("raw/errors/x/", "2026-11-22", 9);
  const client = new FakeLake(
    Object.fromEntries(
      [...keys, error, "raw/2026/11/22/other.gz"].map((key) => [key, Buffer.of()]),
    ),
  );
  const lake = {
    ...{ client, bucket: "lake", prefix: "raw/!{timestamp:yyyy/MM/dd}/", timeZone: "UTC" },
    errorPrefix: "raw/errors/!{firehose:error-output-type}/",
  };

  async function found(range: DayRange, objects = dataObjects): Promise<readonly string[]> {
    const all: string[] = [];
    for await (const { key } of objects(lake, range)) all.push(key);
    return all;
  }

  it("are all without a range", async () => {
    assert.deepEqual(await found({}), keys);
  });

  it("are those from the first to the last day, and only their prefixes are listed", async () => {
    client.listed.length = 0;
    assert.deepEqual(await found({ from: "2026-11-22", to: "2026-11-23" }), keys.slice(1));
    assert.deepEqual(client.listed, ["raw/2026/11/22/", "raw/2026/11/23/"]);
    assert.deepEqual(await found({ to: "2026-11-21" }), keys.slice(0, 1));
  });

  it("can be those with failed records", async () => {
    assert.deepEqual(await found({}, errorObjects), [error]);
    assert.deepEqual(await found({ to: "2026-11-21" }, errorObjects), []);
  });

  it("are listed once where several days share a prefix", () => {
    const month = { prefix: "raw/!{timestamp:yyyy/MM}/", timeZone: "UTC" };
    assert.deepEqual(prefixesOf(month, { from: "2026-10-30", to: "2026-11-02" }), [
      "raw/2026/10/",
      "raw/2026/11/",
    ]);
    assert.deepEqual(prefixesOf(month, { from: "2020-01-01", to: "2026-11-02" }), ["raw/"]);
  });

  it("have no range that ends before it begins, or with a day that does not exist", () => {
    assert.throws(() => prefixesOf(lake, { from: "2026-11-22", to: "2026-11-21" }), {
      message: "The range ends before it begins: --from 2026-11-22 is after 2026-11-21.",
    });
    assert.throws(() => prefixesOf(lake, { to: "2026-02-30" }), /is not a valid date/);
  });
});
