import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { writeLocalRun } from "../../../records/target/localRun";
import { objectKey } from "../../records/support/fakeLake";
import { streamlakeHere } from "../support/streamlakeHere";

const day = "2026-11-22";
const prefix = "raw/2026-11-22/";

describe("streamlake query", () => {
  let directory: string;
  let temporary: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-query-"));
    temporary = join(directory, "temporary");
    mkdirSync(temporary);
    const endpoint = "http://127.0.0.1:1";
    writeLocalRun(directory, {
      ...{ version: 1, stack: "dev", process: process.pid, running: false },
      endpoints: { kinesis: endpoint, firehose: endpoint, s3: endpoint },
      deliveryStreams: [
        {
          ...{ name: "clicks", region: "eu-central-1", stream: "clicks", bucket: "lake" },
          ...{ prefix: "raw/!{timestamp:yyyy-MM-dd}/", errorPrefix: "errors/", timeZone: "UTC" },
          ...{ delimiter: "newline", recordCompression: "none" },
        },
      ],
    });
  });
  beforeEach(() => {
    rmSync(join(directory, "lake"), { recursive: true, force: true });
    put(1, '{"id":1,"type":"click","amount":1.5}\n{"id":2,"type":"view, \\"x\\""}\n');
  });
  afterEach(() => {
    assert.deepEqual(readdirSync(temporary), []);
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  function put(number: number, lines: string | Uint8Array): void {
    const file = join(directory, "lake", objectKey(prefix, day, number));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof lines === "string" ? gzipSync(lines) : lines);
  }

  const query = (...args: readonly string[]) =>
    streamlakeHere(["query", ...args], "", { TMPDIR: temporary });
  const ofRun = (...args: readonly string[]) => query(...args, "--local", directory);

  it("prints a table, with numbers on the right", async () => {
    const { stdout, stderr, exitCode } = await ofRun(
      "select id, type, amount from lake order by id",
    );
    assert.equal(
      stdout,
      [
        "id  type       amount",
        "--  ---------  ------",
        " 1  click         1.5",
        ' 2  view, "x"    NULL',
        "",
      ].join("\n"),
    );
    assert.match(stderr, /^Read 2 records from 1 object \(\d+ bytes\)\.$/m);
    assert.equal(exitCode, 0);
  });

  it("prints JSON lines, and CSV", async () => {
    const sql = "select id, type, amount, [id, null] as list, '' as empty from lake order by id";
    const json = await ofRun(sql, "--json");
    assert.equal(
      json.stdout,
      '{"id":1,"type":"click","amount":1.5,"list":[1,null],"empty":""}\n' +
        '{"id":2,"type":"view, \\"x\\"","amount":null,"list":[2,null],"empty":""}\n',
    );
    const csv = await ofRun(sql, "--csv");
    assert.equal(
      csv.stdout,
      'id,type,amount,list,empty\n1,click,1.5,"[1,null]",""\n2,"view, ""x""",,"[2,null]",""\n',
    );
  });

  it("prints 100 rows of a table, and all of them otherwise", async () => {
    const table = await ofRun("select range as n from range(5000)");
    assert.equal(table.stdout.trimEnd().split("\n").length, 102);
    assert.match(
      table.stderr,
      /^These are the first 100 rows; --json and --csv print all of them\.$/m,
    );
    const csv = await ofRun("select range as n from range(5000)", "--csv");
    assert.equal(csv.stdout.trimEnd().split("\n").length, 5001);
    const none = await ofRun("select 1 as a, 2 as b where false");
    assert.deepEqual([none.stdout, none.stderr], ["", "No rows; the columns are a, b.\n"]);
  });

  it("keeps JSON valid where a terminal could be harmed", async () => {
    const { stdout } = await ofRun("select chr(127) || chr(27) || '##[x]' as v", "--json");
    assert.equal(stdout, '{"v":"\\u007f\\u001b#\\u0023[x]"}\n');
    assert.deepEqual(JSON.parse(stdout), { v: "\u007f\u001b##[x]" });
    const table = await ofRun("select 'a' || chr(10) || chr(27) || '[2J' as v");
    assert.match(table.stdout, /^a\\n\\x1b\[2J$/m);
  });

  it("takes the statement from a file, and from standard input", async () => {
    const file = join(directory, "query.sql");
    writeFileSync(file, "-- how many\nselect count(*) as n\nfrom lake;\n");
    assert.match((await ofRun("--file", file, "--csv")).stdout, /^n\n2\n$/);
    const piped = await streamlakeHere(
      ["query", "--file", "-", "--csv", "--local", directory],
      "select 7 as n",
    );
    assert.equal(piped.stdout, "n\n7\n");
  });

  it("takes what follows --local as the statement if nothing else is one", async () => {
    const { stderr } = await query("--stack", "nowhere", "--local", "select 1");
    assert.match(stderr, /^There is no local run of stack "nowhere" below \.streamlake\//);
  });

  it("names records that are not objects and objects that are damaged, and exits with 1", async () => {
    put(2, "hello\nyou\n");
    put(3, gzipSync('{"id":3}').subarray(0, -4));
    const { stdout, stderr, exitCode } = await ofRun(
      "select _record from lake where id is null order by 1",
      "--csv",
    );
    assert.equal(stdout, "_record\nhello\nyou\n");
    assert.ok(
      stderr.includes(
        "2 records of them are not JSON objects: the text is in the column _record. The first is in\n" +
          `  s3://lake/${objectKey(prefix, day, 2)}\n` +
          "1 object cannot be read to the end; what precedes the damage is in the table:\n" +
          `  ${objectKey(prefix, day, 3)}: unexpected end of file\n`,
      ),
      stderr,
    );
    assert.equal(exitCode, 1);
  });

  it("says what to do if nothing was delivered, and exits with 1", async () => {
    const { stdout, stderr, exitCode } = await ofRun("select * from lake", "--date", "2026-11-20");
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^There are no objects with records of these days under s3:\/\/lake\/raw\/$/m,
    );
    assert.match(stderr, /^ {2}npx streamlake tail --local \S+ --objects$/m);
    assert.match(stderr, /^ {2}npx streamlake diagnose --local \S+$/m);
    assert.equal(exitCode, 1);
  });

  for (const [what, args, message] of [
    ["no statement", [], /^Specify one statement, e\.g\. query "select count\(\*\) from lake"/],
    ["two statements", ["select 1", "--file", "x.sql"], /^Specify one statement/],
    ["an empty statement", [" "], /^There is no statement\. Specify one/],
    [
      "a file that does not exist",
      ["--file", "/nowhere.sql"],
      /^--file "\/nowhere\.sql" cannot be read: ENOENT/,
    ],
    ["a mistake in the SQL", ["select nope from lake"], /^Binder Error: .*"nope" not found/m],
    [
      "a day and a range",
      ["select 1", "--date", day, "--to", day],
      /'--date .* cannot be used with option '--to/,
    ],
    [
      "a day that does not exist",
      ["from lake", "--from", "2026-02-30"],
      /"2026-02-30" is not a valid date/,
    ],
    ["two formats", ["select 1", "--csv", "--json"], /cannot be used with option '--json'/],
    [
      "a size without a unit",
      ["select 1", "--max-size", "20"],
      /It must be a size in KiB, MiB, GiB or TiB/,
    ],
    [
      "more than the limit",
      ["from lake", "--max-size", "0.001KiB"],
      /^The objects are larger than 1 bytes/,
    ],
    ["options of Athena without it", ["select 1", "--database", "d"], /are for --athena: add it/],
    ["days with --athena", ["select 1", "--athena", "--date", day], /compare the partitions/],
    [
      "a bucket with --athena",
      ["select 1", "--athena", "--bucket", "b"],
      /cannot be combined with --bucket/,
    ],
  ] as const)
    it(`exits with 2 for ${what}`, async () => {
      const { stdout, stderr, exitCode } = await ofRun(...args);
      assert.match(stderr, message);
      assert.deepEqual([stdout, exitCode], ["", 2]);
    });
});
