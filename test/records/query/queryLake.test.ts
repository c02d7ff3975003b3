import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import root from "../../../package.json";
import { formats } from "../../../aws/firehose/packing/objectBody";
import { duckDbVersion, loadDuckDb } from "../../../records/query/duckDb";
import { NothingDelivered, queryLake, type ReadTable } from "../../../records/query/queryLake";
import { QueryError } from "../../../records/query/queryValue";
import type { DayRange } from "../../../records/query/rangeObjects";
import { LakeTooLarge } from "../../../records/query/spoolLake";
import type { LakeClient } from "../../../records/verify/lakeClient";
import type { Delimiter } from "../../../records/verify/readObject";
import { conversionTo, convert } from "../../aws/firehose/support/conversion";
import { FakeLake, objectKey } from "../support/fakeLake";

const day = "2026-11-22";
const data = "raw/2026/11/22/";

describe("a query of a lake", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-query-test-"));
  });
  afterEach(() => {
    assert.deepEqual(readdirSync(directory), [], "temporary files must be removed");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  interface Queried {
    readonly names: readonly string[];
    /** As a program gets them. */
    readonly rows: readonly unknown[];
    readonly read: ReadTable | undefined;
  }

  interface Options {
    readonly delimiter?: Delimiter;
    readonly range?: DayRange;
    readonly maxBytes?: number;
    readonly signal?: AbortSignal;
  }

  async function query(
    client: LakeClient,
    sql: string,
    { delimiter = "newline", range = {}, maxBytes = 1e9, signal }: Options = {},
  ): Promise<Queried> {
    const rows: unknown[] = [];
    let names: readonly string[] = [];
    let read = undefined as ReadTable | undefined;
    await queryLake(
      {
        client,
        lake: {
          ...{ bucket: "lake", prefix: "raw/!{timestamp:yyyy/MM/dd}/", timeZone: "UTC" },
          ...{ errorPrefix: "errors/!{firehose:error-output-type}/", delimiter },
        },
        ...{ sql, range, maxBytes, temporaryDirectory: directory },
        signal: signal ?? new AbortController().signal,
        onRead: (found) => (read = found),
      },
      async (result) => {
        names = result.columns.map(({ name }) => name);
        for await (const row of result.rows) rows.push(JSON.parse(JSON.stringify(row)));
      },
    );
    return { names, rows, read };
  }

  function lakeOf(...bodies: readonly (string | Uint8Array)[]): FakeLake {
    return new FakeLake(
      Object.fromEntries(
        bodies.map((body, index) => [objectKey(data, day, index, ""), Buffer.from(body)]),
      ),
    );
  }

  for (const [name, { compress }] of Object.entries(formats))
    it(`reads lines that are compressed with ${name}`, async () => {
      const lines = Buffer.from('{"id":1}\n{"id":2}\n');
      const extension = name === "HADOOP_SNAPPY" ? ".snappy" : "";
      const key = objectKey(data, day, 1, extension);
      const client = new FakeLake({ [key]: await compress(lines) });
      const { rows } = await query(client, "select id, _object from lake order by id");
      assert.deepEqual(rows, [
        [1, key],
        [2, key],
      ]);
    });

  it("reads records without a delimiter, also over several lines", async () => {
    const client = lakeOf('{"id":1}{"id":2}{\n  "id": 3\n}');
    const { rows } = await query(client, "select id from lake order by id", { delimiter: "none" });
    assert.deepEqual(rows, [[1], [2], [3]]);
  });

  it("has the columns of all records of all objects, and those of the key", async () => {
    const client = lakeOf('{"id":1,"user":{"name":"a"}}\n{"id":2.5}', '{"user":{"age":7},"day":1}');
    const { names, rows } = await query(client, "select * from lake order by id");
    assert.deepEqual(names, ["id", "user", "day", "day_2", "_object", "_arrived"]);
    const key = (number: number) => objectKey(data, day, number, "");
    const arrived = "2026-11-22T10:00:00Z";
    assert.deepEqual(rows, [
      [1, { name: "a", age: null }, null, "2026/11/22", key(0), arrived],
      [2.5, null, null, "2026/11/22", key(0), arrived],
      [null, { name: null, age: 7 }, 1, "2026/11/22", key(1), arrived],
    ]);
  });

  it("has a row for each record, whatever it is, and reports those that are not objects", async () => {
    const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const others = ["hello", '{"id":', "[1]", deep];
    const client = lakeOf(
      Buffer.from([...others, '{"id":1}', ""].join("\n")),
      Buffer.from("\xff\xfe\n", "latin1"),
    );
    const { rows, read } = await query(client, "select _record, count(*) from lake group by all");
    assert.deepEqual(
      new Map(rows as [string | null, number][]),
      new Map([...others, "//4=", null].map((text) => [text, 1])),
    );
    assert.equal(read?.others?.count, 5);
    assert.equal(read.textColumn, "_record");
    assert.deepEqual([read.records, read.objects, read.damaged], [6, 2, []]);
  });

  it("reads records that DuckDB would reject, with a column for each spelling of a name", async () => {
    const client = lakeOf('{"a":1,"a":2}\n{"A":"\\ud800"}\n{"b":1e400}\n{"":{"x":1,"X":2}}');
    const { names, rows } = await query(
      client,
      "select * exclude (day, _object, _arrived) from lake",
    );
    assert.deepEqual(names, ["a", "A_2", "b", "_"]);
    assert.deepEqual(rows, [
      [2, null, null, null],
      [null, "\ufffd", null, null],
      [null, null, "Infinity", null],
      [null, null, null, { x: 1, X: 2 }],
    ]);
  });

  it("reads times as times, in UTC", async () => {
    const client = lakeOf(
      '{"t":"2026-11-22T10:00:00Z"}\n{"t":"2026-11-22T10:30:00.5+02:00","d":"2026-11-22"}',
    );
    const { rows } = await query(
      client,
      "select date_trunc('hour', t), typeof(d), t - interval 1 day from lake order by t",
    );
    assert.deepEqual(rows, [
      ["2026-11-22T08:00:00Z", "DATE", "2026-11-21T08:30:00.5Z"],
      ["2026-11-22T10:00:00Z", "DATE", "2026-11-21T10:00:00Z"],
    ]);
  });

  it("reads Parquet objects with their types, next to lines", async () => {
    const columns = { id: "bigint", amount: "decimal(10,2)", at: "timestamp" };
    const { body } = await convert(
      conversionTo(columns),
      '{"id":9007199254740993,"amount":1.5,"at":1518033528123}',
    );
    const parquet = objectKey(data, day, 1, ".parquet");
    const lines = objectKey(data, day, 2, "");
    const client = new FakeLake({ [parquet]: body });
    const alone = await query(client, "select * exclude (_object) from lake");
    assert.deepEqual(alone.names, ["id", "amount", "at", "day", "_arrived"]);
    assert.deepEqual(alone.rows, [
      ["9007199254740993", 1.5, "2018-02-07T19:58:48.123", "2026/11/22", "2026-11-22T10:00:00Z"],
    ]);
    const both = new FakeLake({ [parquet]: body, [lines]: Buffer.from('{"id":1,"more":true}\n') });
    const { rows, read } = await query(both, "select id, more, _object from lake order by id");
    assert.deepEqual(rows, [
      [1, true, lines],
      ["9007199254740993", null, parquet],
    ]);
    assert.equal(read?.records, 2);
  });

  it("reads what precedes the damage of an object, and names it", async () => {
    const { body } = await convert(conversionTo({ id: "int" }), '{"id":1}');
    const lines = gzipSync(Array.from({ length: 20_000 }, (_, id) => `{"id":${id}}`).join("\n"));
    const client = lakeOf(lines.subarray(0, -4), body.subarray(0, -2), "ORC...", '{"id":-1}');
    const { rows, read } = await query(client, "select min(id), count(*) > 1 from lake");
    assert.deepEqual(rows, [[-1, true]]);
    const damaged = new Map(read?.damaged.map(({ key, reason }) => [key, reason]));
    assert.equal(damaged.size, 3);
    assert.equal(damaged.get(objectKey(data, day, 0, "")), "unexpected end of file");
    assert.match(
      damaged.get(objectKey(data, day, 1, "")) ?? "",
      /raw\/2026.*too small|footer|magic/i,
    );
    assert.match(damaged.get(objectKey(data, day, 2, "")) ?? "", /ORC files; --athena can/);
  });

  it("has a table of failed records, decoded", async () => {
    const failed = {
      ...{ attemptsMade: 4, arrivalTimestamp: 1416872400000, errorCode: "Lambda.FunctionError" },
      ...{ errorMessage: "The Lambda function failed.", rawData: "aGVsbG8=" },
    };
    const key = objectKey("errors/processing-failed/", day, 1, "");
    const client = new FakeLake({ [key]: Buffer.from(`${JSON.stringify(failed)}\n{}\n`) });
    const { names, rows } = await query(client, "select * from errors order by code");
    assert.deepEqual(names, [
      ...["code", "message", "arrived", "attempts", "record", "_object", "_arrived"],
    ]);
    const place = [key, "2026-11-22T10:00:00Z"];
    const { errorCode, errorMessage } = failed;
    assert.deepEqual(rows, [
      [errorCode, errorMessage, "2014-11-24T23:40:00Z", 4, "hello", ...place],
      ["unknown", null, null, null, null, ...place],
    ]);
    assert.deepEqual((await query(lakeOf("{}"), "select count(*) from errors")).rows, [[0]]);
    const damaged = new FakeLake({ [`${key}.gz`]: gzipSync("{}").subarray(0, -2) });
    const { read } = await query(damaged, "select count(*) from errors");
    assert.equal(read?.table, "errors");
    assert.deepEqual(read.damaged, [{ key: `${key}.gz`, reason: "unexpected end of file" }]);
  });

  it("reads only the days of a range, and only tables that the statement mentions", async () => {
    const later = objectKey("raw/2026/11/23/", "2026-11-23", 2, "");
    const client = new FakeLake({
      [objectKey(data, day, 1, "")]: Buffer.from('{"id":1}'),
      [later]: Buffer.from('{"id":2}'),
    });
    const range = { from: "2026-11-23", to: "2026-11-23" };
    assert.deepEqual((await query(client, "select id from lake", { range })).rows, [[2]]);
    assert.deepEqual(client.opened, [later]);
    await query(client, "select 1");
    assert.deepEqual(client.opened, [later]);
  });

  it("runs several statements, and returns the rows of the last one", async () => {
    const sql = "create temp table t as select id from lake; select sum(id) as s, 1 as s from t;";
    const { names, rows } = await query(lakeOf('{"id":1}\n{"id":2}'), sql);
    assert.deepEqual(names, ["s", "s_2"]);
    assert.deepEqual(rows, [[3, 1]]);
  });

  it("has values that a program reads without loss", async () => {
    const { rows } = await query(
      lakeOf("{}"),
      `select 9007199254740991, 9007199254740993, 170141183460469231731687303715884105727::hugeint,
         1.50::decimal(10,2), 123456789012345678.90::decimal(38,2), 'nan'::double, null,
         {'a': [1, null], 'b': {'c': date '2026-01-01'}}, map {'k': 1, 'l': 2}, map {1: 'x'},
         timestamp '2026-01-01 10:00:00', '{"a":[1]}'::json, 'ab'::blob, interval 3 day, ''`,
    );
    assert.deepEqual(rows, [
      [
        ...[9007199254740991, "9007199254740993", "170141183460469231731687303715884105727"],
        ...[1.5, "123456789012345678.90", "NaN", null],
        ...[{ a: [1, null], b: { c: "2026-01-01" } }, { k: 1, l: 2 }, { "1": "x" }],
        ...["2026-01-01T10:00:00", { a: [1] }, "YWI=", "3 days", ""],
      ],
    ]);
  });

  for (const [what, sql, message] of [
    [
      "a column that does not exist",
      "select nope from lake",
      /"nope" not found[^]*LINE 1[^]*\^\n\nThe columns of lake are id BIGINT, u STRUCT, day VARCHAR, _object VARCHAR, _arrived TIMESTAMPTZ\.$/,
    ],
    [
      "a table that does not exist",
      "select * from lake, lak",
      /^Catalog Error: Table with name lak does not exist!\nDid you mean "lake"\?\n\nLINE 1: .*\n +\^\n\nThe tables are lake and errors\.$/,
    ],
    [
      "a table that does not exist, without a suggestion of DuckDB's own tables",
      "select * from lak",
      /^Catalog Error: Table with name lak does not exist!\n\nLINE 1: .*\n +\^\n\nThe tables are lake and errors\.$/,
    ],
    ["a value of another type", "select 'x'::int from lake", /^Conversion Error: /],
    [
      "a file",
      "select * from read_text('/etc/hostname')",
      /^Permission Error: [^]*reads the lake only/,
    ],
    ["a file by its name", "select * from '/etc/hostname'", /does not exist/],
    ["a file next to the temporary ones", "select * from glob('../*')", /^Permission Error/],
    ["an address", "select * from read_json('https://127.0.0.1/x.json')", /^Permission Error/],
    ["a database", "attach '/tmp/other.db'", /^Permission Error/],
    ["a copy to a file", "copy (select 1) to '/tmp/copy.csv'", /^Permission Error/],
    ["an extension", "install httpfs", /^Permission Error/],
    ["a setting", "set lock_configuration = false", /configuration has been locked/],
  ] as const)
    it(`ends with DuckDB's message for ${what}`, async () => {
      await assert.rejects(query(lakeOf('{"id":1,"u":{"n":1}}'), sql), (error: unknown) => {
        assert.ok(error instanceof QueryError);
        assert.match(error.message, message);
        return true;
      });
    });

  it("finds a mistake in the syntax before it reads anything", async () => {
    const client = lakeOf("{}");
    await assert.rejects(query(client, "selec * from lake"), {
      message:
        'Parser Error: syntax error at or near "selec"\n\nLINE 1: selec * from lake\n        ^',
    });
    assert.deepEqual([client.listed, client.opened], [[], []]);
  });

  it("reads nothing beyond a limit, and says so if there is nothing", async () => {
    const client = sized(lakeOf('{"id":1}', '{"id":2}'), 10);
    await assert.rejects(query(client, "from lake", { maxBytes: 19 }), LakeTooLarge);
    assert.equal((await query(client, "from lake", { maxBytes: 20 })).rows.length, 2);
    const range = { to: "2026-11-01" };
    await assert.rejects(query(client, "from lake", { range }), NothingDelivered);
  });

  it("ends early when it is interrupted, while it reads and while DuckDB computes", async () => {
    const reading = new AbortController();
    const client = lakeOf("{}", "{}", "{}", "{}", "{}", "{}");
    const stopping: LakeClient = {
      send: (command: never) => {
        if (client.opened.length === 2) reading.abort();
        return client.send(command);
      },
    };
    const { signal } = reading;
    await assert.rejects(query(stopping, "from lake", { signal }), { name: "AbortError" });
    assert.ok(client.opened.length < 6);
    const computing = new AbortController();
    const endless = query(
      lakeOf("{}"),
      "select count(*) from lake, range(1e12::bigint), range(1000)",
      {
        signal: computing.signal,
      },
    );
    setTimeout(() => {
      computing.abort();
    }, 300);
    await assert.rejects(endless);
  });

  it("passes on that an object cannot be opened", async () => {
    const key = objectKey(data, day, 1);
    const client = new FakeLake({ [key]: Buffer.of() }, { [key]: new Error("no answer") });
    await assert.rejects(query(client, "from lake"), /^Error: Cannot read s3:.*no answer$/);
  });

  it("explains how to install the tested version of DuckDB where it is not installed", async () => {
    const installed = `npm install --save-dev @duckdb/node-api@${duckDbVersion}`;
    await assert.rejects(loadDuckDb([join(directory, "x")]), (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /^query needs DuckDB, which is not installed/);
      assert.ok(error.message.includes(`\n\n  ${installed}\n\n`), error.message);
      return true;
    });
    const { DuckDBInstance } = await loadDuckDb([join(directory, "x"), resolve("package.json")]);
    assert.equal(typeof DuckDBInstance.create, "function");
    assert.equal(duckDbVersion, root.devDependencies["@duckdb/node-api"]);
    for (const page of ["docs/query.md", "cli/README.md"])
      assert.ok(readFileSync(page, "utf8").includes(installed), page);
  });
});

/** The same lake with a size of each object in its list. */
function sized(lake: FakeLake, size: number): LakeClient {
  return {
    send: async (command: never) => {
      const output = await lake.send(command);
      const { Contents } = output as { readonly Contents?: readonly { readonly Key?: string }[] };
      return {
        ...output,
        ...(Contents && { Contents: Contents.map((one) => ({ ...one, Size: size })) }),
      };
    },
  };
}
