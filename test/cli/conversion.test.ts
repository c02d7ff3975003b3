import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ParquetReader } from "../aws/firehose/support/parquetReader";
import { streamlakeHere } from "./support/streamlakeHere";

describe("a program whose delivery stream converts records to Parquet", () => {
  let project: string;
  let reader: ParquetReader;

  before(async () => {
    project = mkdtempSync(join(tmpdir(), "streamlake-parquet-"));
    cpSync("test/cli/fixtures/parquet", project, { recursive: true });
    symlinkSync(resolve("node_modules"), join(project, "node_modules"));
    reader = await ParquetReader.open(project);
  });
  after(() => {
    reader.close();
    rmSync(project, { recursive: true });
  });

  function local(input: readonly string[], ...more: readonly string[]) {
    const args = ["local", "-C", project, "--stack", "dev", "--input", "-", ...more];
    return streamlakeHere(args, input.join("\n"));
  }

  /** The rows of the objects of a run. */
  async function rowsOf(report: string): Promise<readonly unknown[]> {
    const [, directory = ""] = /^Directory +(\S+)$/m.exec(report) ?? [];
    const files = join(resolve(directory), "orders-lake/orders/**/*.parquet");
    return reader.query(`SELECT * FROM read_parquet('${files}') ORDER BY id`);
  }

  it("runs locally with its own table, and fails the records that do not match", async () => {
    const { stdout, stderr, exitCode } = await local([
      '{"ID":1,"price":9.995,"items":[{"sku":"a","count":"2"}],"placed":1518033528123}',
      '{"id":"2"}',
      '{"id":"three"}',
    ]);
    assert.equal(exitCode, 1, stderr);
    assert.match(stdout, /^Delivered +3$/m);
    assert.match(stdout, /^Found +2 of 3 sent$/m);
    assert.match(stdout, /^Failed +1 record: DataFormatConversion\.MalformedData 1$/m);
    assert.deepEqual(await rowsOf(stdout), [
      {
        ...{ id: "1", price: "10.00", items: [{ sku: "a", count: 2 }] },
        placed: "2018-02-07 19:58:48.123",
      },
      { id: "2", price: null, items: null, placed: null },
    ]);
    const [, directory = ""] = /^Directory +(\S+)$/m.exec(stdout) ?? [];
    const sql =
      "select l.id, l.price, e.code, e.record from lake l join errors e on true order by l.id";
    const query = await streamlakeHere(["query", sql, "--local", directory, "--json"]);
    const error = { code: "DataFormatConversion.MalformedData", record: '{"id":"three"}' };
    assert.deepEqual(
      query.stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
      [
        { id: 1, price: 10, ...error },
        { id: 2, price: null, ...error },
      ],
      query.stderr,
    );
    assert.equal(query.exitCode, 0);
  });

  it("needs the columns of a table that it does not declare, and gets them from a file", async () => {
    const config = "config:\n  aws:region: eu-central-1\n  parquet:declaresTable: false\n";
    writeFileSync(join(project, "Pulumi.dev.yaml"), config);
    const without = await local(['{"id":1}']);
    assert.equal(without.exitCode, 2);
    assert.match(without.stderr, /does not declare the table shop\.orders.*--table shop\.orders=/s);

    const columns = [{ Name: "id", Type: "int" }];
    const table = { Table: { StorageDescriptor: { Columns: columns } } };
    writeFileSync(join(project, "orders.json"), JSON.stringify(table));
    const { stdout, stderr, exitCode } = await local(
      ['{"id":1}', '{"id":2,"price":1}'],
      ...["--table", "shop.orders=orders.json"],
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^Found +2 of 2 sent$/m);
    assert.deepEqual(await rowsOf(stdout), [{ id: 1 }, { id: 2 }]);
  });

  it("does not start with a table file that is missing or has no columns", async () => {
    const missing = await local(["{}"], "--table", "shop.orders=missing.json");
    assert.equal(missing.exitCode, 2);
    assert.match(missing.stderr, /The file missing\.json of --table cannot be read: ENOENT/);
    const wrong = await local(["{}"], "--table", "shop.orders=Pulumi.yaml");
    assert.match(
      wrong.stderr,
      /The file Pulumi\.yaml of --table is not JSON; allowed: what "aws glue/,
    );
    const unnamed = await local(["{}"], "--table", "orders.json");
    assert.equal(unnamed.exitCode, 2);
    assert.match(unnamed.stderr, /It must be DATABASE\.TABLE=FILE, e\.g\. lake\.events=/);
    const twice = ["--table", "shop.orders=a.json", "--table", "shop.orders=b.json"];
    const repeated = await local(["{}"], ...twice);
    assert.equal(repeated.exitCode, 2);
    assert.match(repeated.stderr, /The table shop\.orders is given twice\./);
  });
});
