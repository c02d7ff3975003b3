import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { startObjectStore } from "../../../aws/s3/objectStore";
import { type LocalDeliveryStream, writeLocalRun } from "../../../records/target/localRun";
import { linesByShard } from "../../aws/kinesis/support/storedRecords";
import { objectKey } from "../../records/support/fakeLake";
import { streamlakeHere } from "../support/streamlakeHere";

const region = "eu-central-1";
const today = () => new Date().toISOString().slice(0, 10);

describe("streamlake verify --probe", () => {
  let directory: string;
  let kinesis: Kinesis;
  let store: Awaited<ReturnType<typeof startObjectStore>>;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-probe-"));
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    await kinesis.store.create({ region, name: "clicks" }, { shardCount: 2 });
    mkdirSync(join(directory, "lake"));
    store = await startObjectStore(directory);
    describeRun({});
  });
  afterEach(async () => {
    await Promise.all([kinesis.stop(), store.stop()]);
    rmSync(directory, { recursive: true });
  });

  function describeRun(changes: Partial<LocalDeliveryStream>): void {
    writeLocalRun(directory, {
      ...{ version: 1, stack: "dev", process: process.pid, running: true },
      endpoints: { kinesis: kinesis.endpoint, firehose: "", s3: store.endpoint },
      deliveryStreams: [
        {
          ...{ name: "clicks", region, stream: "clicks", bucket: "lake" },
          ...{ prefix: "raw/!{timestamp:yyyy-MM-dd}/", timeZone: "UTC", bufferSeconds: 0 },
          ...{ errorPrefix: "errors/!{firehose:error-output-type}/", delimiter: "newline" },
          ...{ recordCompression: "none", processing: [], ...changes },
        },
      ],
    });
  }

  const probe = (...args: string[]) =>
    streamlakeHere(["verify", "--local", directory, "--probe", ...args]);

  /** Does what a delivery stream does once, as soon as there are records. */
  async function deliver(count: number, key: string, bodyOf: (lines: string[]) => string) {
    for (;;) {
      const stream = kinesis.store.stream({ region, name: "clicks" });
      assert.ok(stream);
      const lines = Object.values(await linesByShard(stream)).flat();
      if (lines.length < count) {
        await setTimeout(20);
        continue;
      }
      const file = join(directory, "lake", key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bodyOf(lines));
      return;
    }
  }

  it("prints the latency of records that are delivered, and exits with 0", async () => {
    const key = objectKey(`raw/${today()}/`, today(), 1, "");
    const [ended] = await Promise.all([probe(), deliver(3, key, (lines) => lines.join("\n"))]);
    assert.match(ended.stdout, /^Sent +3 records to clicks\nMarker +[0-9a-f-]{24}\.\.\.\n/);
    assert.match(
      ended.stdout,
      /^Delivered +3 of 3\nLatency +min .*, median .*, max .*; buffer 0 ms\)$/m,
    );
    assert.ok(ended.stdout.includes(`\nDelivered to:\n  ${key}`), ended.stdout);
    assert.match(
      ended.stderr,
      /^Sent 3 probe records to clicks; waiting up to 1 min for them in lake\.$/m,
    );
    assert.equal(ended.exitCode, 0);
  });

  it("prints why a record failed, and exits with 1", async () => {
    const key = objectKey("errors/processing-failed/", today(), 1, "");
    const failed = (lines: string[]) =>
      JSON.stringify({
        rawData: Buffer.from(lines[0] ?? "").toString("base64"),
        ...{ errorCode: "Lambda.FunctionError", errorMessage: "It failed." },
      });
    const [ended] = await Promise.all([probe("1", "--wait", "1h"), deliver(1, key, failed)]);
    assert.match(ended.stdout, /^Delivered +0 of 1\nFailed +1$/m);
    assert.ok(ended.stdout.includes(`\nFailed:\n  Lambda.FunctionError: It failed. (${key})`));
    assert.equal(ended.exitCode, 1);
  });

  it("sends a record of one's own, and says what is not found in time", async () => {
    describeRun({ processing: ["partition", "transform"], bufferSeconds: 60 });
    const record = '{"id":"<probe>","customer":"acme"}';
    const ended = await probe("2", "--wait", "1s", "--probe-record", record);
    assert.match(ended.stdout, /^Not found +2, within 1 s$/m);
    assert.match(ended.stdout, /^- The buffer interval is 1 min; --wait TIME waits longer\.$/m);
    assert.match(ended.stdout, /^- A function can drop the record/m);
    assert.equal(ended.exitCode, 1);
    for (const line of ended.stdout.split("\n")) assert.ok(line.length <= 80, line);
    const stream = kinesis.store.stream({ region, name: "clicks" });
    assert.ok(stream);
    for (const line of Object.values(await linesByShard(stream)).flat())
      assert.match(line, /^\{"id":"[0-9a-f-]{36}","customer":"acme"\}$/);
  });

  it("prints one JSON document with --json", async () => {
    const ended = await probe("1", "--wait", "1s", "--json");
    const { records, ...facts } = JSON.parse(ended.stdout) as Record<string, unknown>;
    assert.match(String(facts["mark"]), /^[0-9a-f-]{24}$/);
    assert.deepEqual(records, [{ marker: `${String(facts["mark"])}000000000000` }]);
    assert.deepEqual(facts, {
      ...{ entry: "clicks", bucket: "lake", waitMilliseconds: 1000, bufferSeconds: 0 },
      ...{ processing: [], mark: facts["mark"], sent: 1, notAccepted: [], corrupt: [] },
      resolutionMilliseconds: 500,
    });
  });

  for (const [what, args, processing, message] of [
    [
      "a partitioned pipeline without a record",
      [],
      ["partition"],
      /has no|partitions records by keys in them, so a probe must look like one of its records\. .*<probe>/,
    ],
    [
      "a conversion without a record",
      [],
      ["parquet"],
      /converts records to the columns of a table/,
    ],
    ["a pipeline that delivers ORC", [], ["orc"], /delivers ORC, whose records are not read here/],
    ["a record without a marker", ["--probe-record", '{"a":1}'], [], /no place for the marker/],
    [
      "a missing file",
      ["--probe-record", "nowhere.json"],
      [],
      /nowhere\.json: there is no such file/,
    ],
    ["--date", ["--date", "2026-11-22"], [], /--probe cannot be combined with --date/],
    ["--errors", ["--errors"], [], /--probe cannot be combined with --errors/],
    ["a wait that is not a time", ["--wait", "5"], [], /It must be a time in s, m, h or d/],
  ] as const)
    it(`rejects ${what}`, async () => {
      describeRun({ processing: [...processing] });
      const ended = await probe(...args);
      assert.match(ended.stderr, message);
      assert.equal(ended.exitCode, 2);
      assert.equal(ended.stdout, "");
    });

  for (const [args, message] of [
    [["--probe"], /specify --stack NAME, --stack-export FILE or --local/],
    [["--probe", "0", "--local"], /It must be a number of records from 1 to 500/],
    [["--wait", "5m", "--local"], /--probe-record and --wait belong to --probe/],
  ] as const)
    it(`rejects the options ${args.join(" ")}`, async () => {
      const ended = await streamlakeHere(["verify", ...args]);
      assert.match(ended.stderr, message);
      assert.equal(ended.exitCode, 2);
    });
});
