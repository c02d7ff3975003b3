import assert from "node:assert/strict";
import { type LakeObject } from "../../../../records/verify/lakeClient";
import { readObject } from "../../../../records/verify/readObject";
import { conversionTo, convert, parquet } from "../../../aws/firehose/support/conversion";
import { chunked } from "../../support/chunked";

const columns = {
  ...{ i: "int", b: "bigint", d: "decimal(10,2)", t: "timestamp", l: "array<string>" },
  s: "struct<a:int>",
};

async function rowsOf(object: LakeObject): Promise<{ rows: string[]; isParquet?: true }> {
  const rows: string[] = [];
  const read = await readObject(object, "newline", (row) => rows.push(Buffer.from(row).toString()));
  return { rows, ...(read.isParquet && { isParquet: read.isParquet }) };
}

describe("the rows of a Parquet object", () => {
  for (const compression of ["SNAPPY", "GZIP", "UNCOMPRESSED"] as const) {
    it(`are its records, with ${compression} pages and whatever its encoding says`, async () => {
      const to = { ...parquet, compression };
      const { body, contentEncoding } = await convert(
        conversionTo(columns, { to }),
        '{"i":1,"b":9007199254740993,"d":1.5,"t":1518033528123,"l":["x",null],"s":{"a":2}}',
        "{}",
      );
      const encoding = contentEncoding !== undefined && { contentEncoding };
      const object = { key: "raw/x.parquet", body: chunked(body, [1, 2, 500]), ...encoding };
      assert.deepEqual(await rowsOf(object), {
        rows: [
          '{"i":1,"b":"9007199254740993","d":1.5,"t":"2018-02-07T19:58:48.123Z","l":["x",null],"s":{"a":2}}',
          '{"i":null,"b":null,"d":null,"t":null,"l":null,"s":null}',
        ],
        isParquet: true,
      });
    });
  }

  it("are read in parts, and all of them", async () => {
    const records = Array.from({ length: 10_001 }, (_, index) => `{"i":${index}}`);
    const { body } = await convert(conversionTo({ i: "int" }), ...records);
    const { rows } = await rowsOf({ key: "x.parquet", body: chunked(body, []) });
    assert.deepEqual(rows, records);
  });

  it("are none in a file without rows", async () => {
    const { body } = await convert(conversionTo({ i: "int" }));
    assert.deepEqual((await rowsOf({ key: "x.parquet", body: chunked(body, []) })).rows, []);
  });

  it("cannot be read from a damaged file", async () => {
    const { body } = await convert(conversionTo({ i: "int" }), '{"i":1}');
    for (const stored of [body.subarray(0, -3), body.subarray(0, 4)])
      await assert.rejects(rowsOf({ key: "x.parquet", body: chunked(stored, []) }));
  });
});
