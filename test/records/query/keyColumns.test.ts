import assert from "node:assert/strict";
import { KeyColumns } from "../../../records/query/keyColumns";
import { objectKey } from "../support/fakeLake";

describe("the columns of keys", () => {
  const day = "2026-11-22";

  for (const [prefix, path, values] of [
    ["raw/!{timestamp:yyyy/MM/dd}/", "raw/2026/11/22/", { day: "2026/11/22" }],
    ["raw/", "raw/2026/11/22/10/", { hour: "2026/11/22/10" }],
    ["raw/dt=!{timestamp:yyyy-MM-dd}/", "raw/dt=2026-11-22/", { dt: "2026-11-22" }],
    [
      "raw/year=!{timestamp:yyyy}/month=!{timestamp:MM}/",
      "raw/year=2026/month=11/",
      { year: "2026", month: "11" },
    ],
    [
      "raw/!{partitionKeyFromQuery:tenant}/!{timestamp:yyyy-MM}/",
      "raw/a.b(c)/2026-11/",
      { tenant: "a.b(c)", month: "2026-11" },
    ],
    [
      "raw/source=web/!{firehose:random-string}/Part-Key=!{partitionKeyFromQuery:k}/",
      "raw/source=web/Ab3/Part-Key=x=y/",
      { source: "web", part_key: "x=y" },
    ],
    ["raw/!{timestamp:yyyy/MM/dd}/", "raw/elsewhere/", {}],
  ] as const)
    it(`are ${JSON.stringify(values)} for ${path} of ${prefix}`, () => {
      const columns = new KeyColumns(prefix, "UTC");
      assert.deepEqual(columns.valuesOf(objectKey(path, day, 1)), values);
      const names = columns.columns.map(({ name }) => name);
      for (const name of Object.keys(values)) assert.ok(names.includes(name), names.join());
    });

  it("have the types of the Athena table", () => {
    const prefix = "raw/year=!{timestamp:yyyy}/month=!{timestamp:MM}/";
    assert.deepEqual(new KeyColumns(prefix, "UTC").columns, [
      { name: "year", type: "VARCHAR" },
      { name: "month", type: "INTEGER" },
    ]);
  });

  it("contain the arrival of an object in UTC", () => {
    const key = objectKey("raw/", day, 1);
    assert.equal(new KeyColumns("raw/", "UTC").arrivalOf(key), "2026-11-22T10:00:00Z");
    assert.equal(new KeyColumns("raw/", "Asia/Kolkata").arrivalOf(key), "2026-11-22T04:30:00Z");
    assert.equal(new KeyColumns("raw/", "UTC").arrivalOf("raw/file.gz"), undefined);
    const impossible = objectKey("raw/", "2026-02-30", 1);
    assert.equal(new KeyColumns("raw/", "UTC").arrivalOf(impossible), undefined);
  });
});
