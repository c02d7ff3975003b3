import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { ParquetReader } from "../aws/firehose/support/parquetReader";
import { factOf } from "../cli/support/clicksRun";
import { streamlakeHere } from "../cli/support/streamlakeHere";

interface Run {
  readonly report: string;
  readonly exitCode: unknown;
  /** Content of each object by its path below the run's directory. */
  readonly objects: ReadonlyMap<string, Buffer>;
}

describe("the examples of features", () => {
  // A copy, because a run writes into its project.
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "streamlake-examples-"));
    for (const name of ["node_modules", "components", "tsconfig.json", "package.json"])
      symlinkSync(resolve(name), join(root, name));
    mkdirSync(join(root, "examples"));
  });
  after(() => {
    rmSync(root, { recursive: true });
  });

  /** Runs an example with its own sample. */
  async function runOf(example: string, sample: string): Promise<Run> {
    const project = join(root, "examples", example);
    const skipped = resolve("examples", example, ".streamlake");
    cpSync(join("examples", example), project, {
      recursive: true,
      filter: (source) => resolve(source) !== skipped,
    });
    const { stdout, stderr, exitCode } = await streamlakeHere(
      ["local", "-C", project, "--stack", "dev", "--input", sample].concat("--interval", "1"),
    );
    const directory = resolve(/^Directory +(\S+)$/mu.exec(stdout)?.[1] ?? assert.fail(stderr));
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((file) => !relative(directory, file).startsWith("."));
    const objects = files.map((file) => [relative(directory, file), readFileSync(file)] as const);
    return { report: stdout, exitCode, objects: new Map(objects) };
  }

  /** The lines of the objects whose paths contain a part. */
  function linesIn({ objects }: Run, part: string): readonly string[] {
    return [...objects]
      .filter(([path]) => path.includes(part))
      .flatMap(([path, content]) =>
        (path.endsWith(".gz") ? gunzipSync(content) : content).toString().split("\n"),
      )
      .filter((line) => line !== "")
      .sort();
  }

  function failureIn(run: Run, part: string): { readonly code: unknown; readonly data: string } {
    const [line = "", ...others] = linesIn(run, part);
    assert.deepEqual(others, []);
    // AWS names it otherwise for converted records.
    const {
      lastErrorCode,
      errorCode = lastErrorCode,
      rawData,
    } = JSON.parse(line) as Record<string, unknown>;
    return { code: errorCode, data: Buffer.from(String(rawData), "base64").toString() };
  }

  it("partition orders by customer, and fail the order without one", async () => {
    const run = await runOf("partitioned", "orders.jsonl");
    assert.equal(run.exitCode, 1);
    assert.equal(factOf(run.report, "Found"), "4 of 5 sent");
    const ids = (customer: string) =>
      linesIn(run, `/raw/orders/customer=${customer}/`).map(
        (line) => (JSON.parse(line) as { id: number }).id,
      );
    assert.deepEqual(ids("acme"), [1, 3]);
    assert.deepEqual(ids("globex"), [2]);
    assert.deepEqual(ids("initech"), [5]);
    assert.deepEqual(failureIn(run, "/errors/orders/metadata-extraction-failed/"), {
      code: "DynamicPartitioning.MetadataExtractionFailed",
      data: '{"id":4,"customer":null,"total":3}',
    });
  });

  it("redact visits, and store nothing of what is redacted anywhere", async () => {
    const run = await runOf("redaction", "visits.jsonl");
    assert.equal(run.exitCode, 0, run.report);
    assert.deepEqual(linesIn(run, "/raw/visits/"), [
      '{"type":"visit","page":"/","email":"[redacted]"}',
      '{"type":"visit","page":"/about"}',
      '{"type":"visit","page":"/cart","email":"[redacted]","phone":"[redacted]"}',
    ]);
    assert.deepEqual(linesIn(run, "/errors/"), []);
    assert.equal(factOf(run.report, "Transformed"), "3");
    assert.equal(factOf(run.report, "Dropped"), "1");
  });

  it("convert orders to Parquet with the columns of the table, and back up all of them", async () => {
    const run = await runOf("parquet", "orders.jsonl");
    assert.equal(run.exitCode, 1);
    const [object, ...others] = [...run.objects].filter(([path]) => path.endsWith(".parquet"));
    assert.ok(object);
    assert.deepEqual(others, []);
    const reader = await ParquetReader.open(root);
    try {
      const file = await reader.write(object[1]);
      await reader.query(`CREATE VIEW orders AS SELECT * FROM read_parquet('${file}')`);
      assert.deepEqual(await reader.query(readFileSync("examples/parquet/revenue.sql", "utf8")), [
        { customer: "acme", orders: "2", revenue: "162.50", latest: "2026-02-01 08:15:00" },
        { customer: "globex", orders: "1", revenue: "8.00", latest: "2026-01-31 10:00:00" },
      ]);
      const [order] = await reader.query("SELECT items FROM orders WHERE id = 3");
      assert.deepEqual(order?.["items"], [
        { sku: "lamp", quantity: 1 },
        { sku: "bulb", quantity: 3 },
      ]);
    } finally {
      reader.close();
    }
    const failure = failureIn(run, "/errors/orders/format-conversion-failed/");
    assert.equal(failure.code, "DataFormatConversion.MalformedData");
    assert.match(failure.data, /^\{"id":"four"/u);
    assert.equal(factOf(run.report, "In the backup"), "4 of 4 sent");
  });

  it("deliver the messages of a subscription of CloudWatch Logs, each on a line", async () => {
    const run = await runOf("logs", "subscription.jsonl");
    assert.equal(run.exitCode, 0, run.report);
    assert.deepEqual(linesIn(run, "/raw/logs/"), [
      '{"level":"ERROR","text":"cart is empty"}',
      '{"level":"ERROR","text":"payment declined"}',
      '{"level":"WARN","text":"slow payment","ms":2140}',
    ]);
    assert.equal(factOf(run.report, "Found"), "3 of 3 sent");
  });

  it("deliver each record twice while two delivery streams write to the same place", async () => {
    const run = await runOf("replacement", resolve("examples/partitioned/orders.jsonl"));
    assert.equal(run.exitCode, 0, run.report);
    assert.equal(factOf(run.report, "Found"), "5 of 5 sent");
    assert.equal(factOf(run.report, "Duplicated"), "5");
    assert.match(run.report, /^ {2}no calls were denied$/mu);
  });
});
