import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { type ColumnValue, structOf } from "../../../../aws/firehose/conversion/columnValue";
import { ParquetFile } from "../../../../aws/firehose/conversion/parquetFile";
import type { Column, ColumnType } from "../../../../aws/glue/columnType";
import { skip } from "../../../support/skip";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { convert, conversionTo, parquet, tableOf } from "../support/conversion";
import { ParquetReader } from "../support/parquetReader";

const compressions = ["SNAPPY", "GZIP", "UNCOMPRESSED"] as const;

describe("ParquetFile", () => {
  const directory = temporaryFolder();
  let reader: ParquetReader;

  before(async () => {
    reader = await ParquetReader.open(directory);
  });

  after(() => {
    reader.close();
  });

  async function write(
    columns: readonly Column[],
    rows: readonly (readonly ColumnValue[])[],
    options: Partial<typeof parquet> = {},
    limits?: Parameters<typeof ParquetFile.create>[2],
  ): Promise<Uint8Array> {
    const file = await ParquetFile.create(columns, { ...parquet, ...options }, limits);
    for (const row of rows) await file.add(row, 10);
    return file.finish();
  }

  it("round-trips any schema and any rows, in all compressions", async () => {
    await fc.assert(
      fc.asyncProperty(
        schemasWithRows,
        fc.constantFrom(...compressions),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async ({ columns, rows }, compression, enableDictionaryCompression, values) => {
          const content = await write(
            columns,
            rows.map((row) => row.map(({ value }) => value)),
            { compression, enableDictionaryCompression },
            { jsonBytes: 1e9, values },
          );
          assert.deepEqual(
            (await reader.rows(content)).map((row) => Object.values(row)),
            rows.map((row) => row.map(({ json }) => json)),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  const ints = tableOf({ a: "int", b: "string" }).columns;
  const manyRows = Array.from({ length: 1000 }, (_, index) => [index, `value ${index % 7}`]);

  it("lets other work have its turn after each column, so that no row group holds it up", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
    const { columns } = tableOf(Object.fromEntries(names.map((name) => [name, "int"] as const)));
    const file = await ParquetFile.create(columns, parquet);
    for (let row = 0; row < 100; row += 1)
      await file.add(
        names.map(() => row),
        10,
      );
    let turns = 0;
    let next: NodeJS.Immediate | undefined;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    next = setImmediate(count);
    const content = await file.finish();
    clearImmediate(next);
    assert.ok(turns >= columns.length - 1, `${turns} turns for ${columns.length} columns`);
    assert.deepEqual(await rowGroups(content), [100], "and it is still one row group");
  });

  async function rowGroups(content: Uint8Array): Promise<readonly unknown[]> {
    const file = await reader.write(content);
    const groups = await reader.query(
      `SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata('${file}') ORDER BY 1`,
    );
    return groups.map(({ row_group_num_rows: rows }) => Number(rows));
  }

  it("ends a row group at the block size, of data before compression", async () => {
    // 8 bytes for the number, 4 for the length of the string and 7 for its characters.
    const content = await write(ints, manyRows, { blockSizeBytes: 19 * 400 });
    assert.deepEqual(await rowGroups(content), [400, 400, 200]);
  });

  it("ends a row group at its limits of JSON and of values, so that memory stays bounded", async () => {
    const byJson = await write(ints, manyRows, {}, { jsonBytes: 6000, values: 1e9 });
    assert.deepEqual(await rowGroups(byJson), [600, 400]);
    const byValues = await write(ints, manyRows, {}, { jsonBytes: 1e9, values: 1200 });
    assert.deepEqual(await rowGroups(byValues), [600, 400]);
    const byMissing = await write(
      ints,
      manyRows.map(() => [null, null]),
      {},
      { jsonBytes: 1e9, values: 1200 },
    );
    assert.deepEqual(await rowGroups(byMissing), [600, 400]);
  });

  it("has one row group by default, and none without rows", async () => {
    assert.deepEqual(await rowGroups(await write(ints, manyRows)), [1000]);
    const empty = await write(ints, []);
    assert.deepEqual(await reader.rows(empty), []);
    assert.deepEqual(await rowGroups(empty), []);
  });

  it("compresses all pages as declared", async () => {
    for (const compression of compressions) {
      const file = await reader.write(await write(ints, manyRows, { compression }));
      assert.deepEqual(
        await reader.query(`SELECT DISTINCT compression FROM parquet_metadata('${file}')`),
        [{ compression }],
      );
    }
  });

  it("writes dictionaries only if they are enabled", async () => {
    for (const enableDictionaryCompression of [false, true]) {
      const content = await write(ints, manyRows, { enableDictionaryCompression });
      const file = await reader.write(content);
      const [found] = await reader.query(
        `SELECT encodings FROM parquet_metadata('${file}') WHERE path_in_schema = 'b'`,
      );
      assert.equal(
        String(found?.["encodings"]).includes("DICTIONARY"),
        enableDictionaryCompression,
      );
    }
  });

  it("splits a column into pages of the page size", async () => {
    const texts = Array.from({ length: 100 }, (_, index) => [index, String(index).repeat(2000)]);
    const whole = await write(ints, texts, { compression: "UNCOMPRESSED" });
    const paged = await write(ints, texts, { compression: "UNCOMPRESSED", pageSizeBytes: 65_536 });
    assert.deepEqual(await reader.rows(paged), await reader.rows(whole));
    // Each page has a header, and the file an index of them.
    assert.ok(paged.length > whole.length);
  });

  it("writes the types that AWS writes, apart from timestamps", async () => {
    const types = {
      ...{ i1: "tinyint", i2: "smallint", i4: "int", i8: "bigint", f: "float", d: "double" },
      ...{ b: "boolean", s: "string", c: "char(3)", v: "varchar(9)", x: "binary", t: "timestamp" },
      ...{ a: "date", p4: "decimal(4,2)", p38: "decimal(38,18)" },
    };
    const file = await reader.write(await write(tableOf(types).columns, []));
    const schema = await reader.query(
      "SELECT name, type, type_length, repetition_type, converted_type, logical_type " +
        `FROM parquet_schema('${file}') WHERE name <> 'schema'`,
    );
    assert.ok(schema.every(({ repetition_type: repetition }) => repetition === "OPTIONAL"));
    assert.deepEqual(
      schema.map(({ name, type, type_length: length, converted_type: converted }) =>
        [name, type, length, converted].map(String).join(" "),
      ),
      [
        ...["i1 INT32 null null", "i2 INT32 null null", "i4 INT32 null null", "i8 INT64 null null"],
        ...["f FLOAT null null", "d DOUBLE null null", "b BOOLEAN null null"],
        ...["s BYTE_ARRAY null UTF8", "c BYTE_ARRAY null UTF8", "v BYTE_ARRAY null UTF8"],
        ...["x BYTE_ARRAY null null", "t INT64 null null", "a INT32 null DATE"],
        ...["p4 FIXED_LEN_BYTE_ARRAY 2 DECIMAL", "p38 FIXED_LEN_BYTE_ARRAY 16 DECIMAL"],
      ],
    );
    const timestamp = schema.find(({ name }) => name === "t");
    assert.match(String(timestamp?.["logical_type"]), /MICROS/);
  });

  it("is read by pyarrow, too", async function () {
    const probe = spawnSync("python3", ["-c", "import pyarrow.parquet"]);
    if (probe.status !== 0) skip(this, "pyarrow is not installed");
    const columns = { i: "int", t: "timestamp", l: "array<map<string,decimal(10,2)>>" };
    const { body } = await convert(
      conversionTo(columns),
      '{"i":1,"t":1518033528123,"l":[{"k":1.5}]}',
      '{"l":[]}',
    );
    const file = await reader.write(body);
    const program = `import pyarrow.parquet as p; print(p.read_table("${file}").to_pylist())`;
    const { stdout } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
    assert.equal(
      stdout.trim(),
      "[{'i': 1, 't': datetime.datetime(2018, 2, 7, 19, 58, 48, 123000), " +
        "'l': [[('k', Decimal('1.50'))]]}, {'i': None, 't': None, 'l': []}]",
    );
  });
});

/** A value for the writer, and what DuckDB reads of it. */
interface Pair {
  readonly value: ColumnValue;
  readonly json: unknown;
}

function pairs<T extends ColumnValue>(
  values: fc.Arbitrary<T>,
  json: (value: T) => unknown = (value) => value,
): fc.Arbitrary<Pair> {
  return values.map((value) => ({ value, json: json(value) }));
}

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: "binary", maxLength: 20 });

function integers(bits: number): fc.Arbitrary<Pair> {
  return pairs(fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }));
}

/** JSON has no negative zero. */
function withoutSignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

/** Values of a type that are not null. */
function valuesOf(type: ColumnType): fc.Arbitrary<Pair> {
  switch (type.kind) {
    case "tinyint":
      return integers(8);
    case "smallint":
      return integers(16);
    case "int":
      return integers(32);
    case "bigint":
      return pairs(int64, String);
    case "float":
      return pairs(fc.float({ noNaN: true, noDefaultInfinity: true }).map(withoutSignedZero));
    case "double":
      return pairs(fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutSignedZero));
    case "boolean":
      return pairs(fc.boolean());
    case "binary":
      return pairs(
        fc.stringMatching(/^[a-z]{0,9}$/u).map((value) => Buffer.from(value)),
        String,
      );
    case "timestamp":
      return pairs(fc.bigInt({ min: 0n, max: 4_102_444_800_000_000n }), timestampText);
    case "date":
      return pairs(fc.integer({ min: 0, max: 40_000 }), (days) =>
        new Date(days * 86_400_000).toISOString().slice(0, 10),
      );
    case "decimal": {
      const limit = 10n ** BigInt(type.precision) - 1n;
      return pairs(fc.bigInt({ min: -limit, max: limit }), (value) =>
        decimalText(value, type.scale),
      );
    }
    case "array":
      return fc.array(orNull(type.element), { maxLength: 3 }).map((items) => ({
        value: items.map(({ value }) => value),
        json: items.map(({ json }) => json),
      }));
    case "map":
      return fc
        .uniqueArray(fc.tuple(valuesOf(type.key), orNull(type.value)), {
          maxLength: 3,
          selector: ([{ json }]) => String(json),
        })
        .map((entries) => ({
          value: entries.map(([key, value]) => ({ key: key.value, value: value.value })),
          json: entries.map(([key, value]) => ({ key: key.json, value: value.json })),
        }));
    case "struct": {
      const names = type.fields.map(({ name }) => name);
      return fc.tuple(...type.fields.map((field) => orNull(field.type))).map((fields): Pair => {
        const values = fields.map(({ value }) => value);
        const jsons = fields.map(({ json }, index) => [names[index] ?? "", json] as const);
        return { value: structOf(names, values), json: Object.fromEntries(jsons) };
      });
    }
    default:
      return pairs(text);
  }
}

function orNull(type: ColumnType): fc.Arbitrary<Pair> {
  return fc.oneof(
    { weight: 3, arbitrary: valuesOf(type) },
    fc.constant({ value: null, json: null }),
  );
}

function timestampText(micros: bigint): string {
  const moment = new Date(Number(micros / 1000n)).toISOString().replace("T", " ").slice(0, 19);
  const fraction = String(micros % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/u, "");
  return fraction === "" ? moment : `${moment}.${fraction}`;
}

function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? "" : `.${digits.slice(-scale)}`;
  return `${value < 0n ? "-" : ""}${whole}${fraction}`;
}

const plain = fc.constantFrom(
  ...(["tinyint", "smallint", "int", "bigint", "float", "double", "boolean"] as const),
  ...(["string", "binary", "timestamp", "date"] as const),
);

const decimals = fc
  .tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38))
  .map(([precision, scale]): ColumnType => ({
    ...{ kind: "decimal", precision, scale: Math.min(scale, precision) },
  }));

const { type: types } = fc.letrec<{ scalar: ColumnType; type: ColumnType }>((tie) => ({
  scalar: fc.oneof(
    plain.map((kind): ColumnType => ({ kind })),
    decimals,
  ),
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 2, arbitrary: tie("scalar") },
    tie("type").map((element): ColumnType => ({ kind: "array", element })),
    fc
      .tuple(fc.constantFrom("string", "int", "date"), tie("type"))
      .map(([kind, value]): ColumnType => ({
        ...{ kind: "map", key: { kind: kind as "string" }, value },
      })),
    fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((fields): ColumnType => ({
      kind: "struct",
      fields: fields.map((type, index) => ({ name: `f${index}`, type })),
    })),
  ),
}));

const schemasWithRows = fc.array(types, { minLength: 1, maxLength: 4 }).chain((columnTypes) =>
  fc.record({
    columns: fc.constant(columnTypes.map((type, index) => ({ name: `c${index}`, type }))),
    rows: fc.array(fc.tuple(...columnTypes.map(orNull)), { maxLength: 12 }),
  }),
);
