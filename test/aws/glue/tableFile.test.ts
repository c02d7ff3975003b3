import assert from "node:assert/strict";
import { readTableFile } from "../../../aws/glue/tableFile";

const expected = {
  databaseName: "lake",
  tableName: "events",
  columns: [{ name: "id", type: { kind: "bigint" } }],
};

describe("readTableFile", () => {
  it("reads what aws glue get-table prints", () => {
    const printed = {
      Table: {
        Name: "events",
        StorageDescriptor: {
          Columns: [{ Name: "id", Type: "bigint", Comment: "unique" }],
          Location: "s3://my-lake/",
        },
        PartitionKeys: [{ Name: "day", Type: "string" }],
      },
    };
    assert.deepEqual(readTableFile(JSON.stringify(printed), "lake", "events"), expected);
  });

  it("reads a list of columns", () => {
    assert.deepEqual(readTableFile('[{"name":"id","type":"bigint"}]', "lake", "events"), expected);
  });

  for (const [content, message] of [
    ["{", /^is not JSON; allowed: what "aws glue get-table" prints, or a list of columns/],
    ["{}", /^has no columns; allowed: what "aws glue get-table" prints/],
    ['[{"name":"id"}]', /^has no columns; allowed/],
    ["[]", /^it has no columns$/],
    [
      '[{"name":"id","type":"long"},{"name":"ID","type":"int"},{"name":"","type":"int"}]',
      /^the column id has the type "long".*; the column ID is declared twice; the column 3 has no name$/,
    ],
  ] as const) {
    it(`rejects ${content}`, () => {
      assert.throws(() => readTableFile(content, "lake", "events"), { message });
    });
  }
});
