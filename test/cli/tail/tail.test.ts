import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { type LocalRun, writeLocalRun } from "../../../records/target/localRun";
import { objectKey } from "../../records/support/fakeLake";
import { streamlakeHere } from "../support/streamlakeHere";

const region = "eu-central-1";

describe("streamlake tail", () => {
  let directory: string;
  let kinesis: Kinesis;
  const day = new Date().toISOString().slice(0, 10);

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-tail-"));
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    await kinesis.store.create({ region, name: "clicks" }, { shardCount: 1 });
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const client = new KinesisClient({ region, endpoint: kinesis.endpoint, credentials });
    const Records = ['{"id":1}', "two", '{"id":3}'].map((line) => ({
      PartitionKey: "user",
      Data: Buffer.from(line),
    }));
    await client.send(new PutRecordsCommand({ StreamName: "clicks", Records }));
    client.destroy();
    const prefix = `raw/${day}/`;
    mkdirSync(join(directory, "lake", prefix), { recursive: true });
    writeFileSync(join(directory, "lake", objectKey(prefix, day, 1)), gzipSync("a\nb\nc\n"));
    writeLocalRun(directory, runOf("clicks", "clicks"));
  });
  after(async () => {
    await kinesis.stop();
    rmSync(directory, { recursive: true });
  });

  function runOf(name: string, stream?: string): LocalRun {
    const endpoint = kinesis.endpoint;
    return {
      ...{ version: 1, stack: "dev", process: process.pid, running: true },
      endpoints: { kinesis: endpoint, firehose: endpoint, s3: endpoint },
      deliveryStreams: [
        {
          ...{ name, region, bucket: "lake", prefix: "raw/!{timestamp:yyyy-MM-dd}/" },
          ...(stream !== undefined && { stream }),
          ...{ errorPrefix: "", timeZone: "UTC", delimiter: "newline", recordCompression: "none" },
        },
      ],
    };
  }

  const tail = (...args: string[]) => streamlakeHere(["tail", ...args]);

  it("prints the records of a stream by name, and ends after --count", async () => {
    const aws = ["--region", region, "--endpoint", kinesis.endpoint];
    const ended = await tail(
      ...["--stream", "clicks", "--from", "trim-horizon", "--count", "2"],
      ...aws,
    );
    assert.equal(ended.stdout, '{"id":1}\ntwo\n');
    assert.equal(ended.stderr, "Reading 1 shard of clicks; Ctrl-C ends it.\n");
    assert.equal(ended.exitCode, 0);
  });

  it("prints the records of a local run as JSON Lines, with their position", async () => {
    const { stdout } = await tail(
      ...["--local", directory, "--from", "1h", "--count", "3", "--json"],
    );
    const records = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      records.map(({ data }) => data),
      [{ id: 1 }, "two", { id: 3 }],
    );
    for (const { shardId, partitionKey } of records)
      assert.deepEqual([shardId, partitionKey], ["shardId-000000000000", "user"]);
  });

  it("prints what a query makes of each record, and counts what it cannot read", async () => {
    const query = ["--jq", "select(.id > 1) | .id, {n: .id}"];
    const ended = await tail(...["--local", directory, "--from", "1h", "--count", "2"], ...query);
    assert.equal(ended.stdout, '3\n{"n":3}\n');
    assert.match(ended.stderr, /^Left out 1 record: not JSON, or the query failed\.$/m);
    const wrong = await tail("--local", directory, "--jq", ".[");
    assert.match(wrong.stderr, /^The query of --jq does not compile: syntax error/);
    assert.equal(wrong.exitCode, 2);
  });

  it("prints the records of delivered objects, also after the end of the run", async () => {
    writeLocalRun(directory, { ...runOf("clicks", "clicks"), running: false });
    const ended = await tail(...["--local", directory, "--objects", "--from", day, "--count", "3"]);
    assert.equal(ended.stdout, "a\nb\nc\n", ended.stderr);
    assert.equal(ended.exitCode, 0);
  });

  for (const [what, args, message] of [
    ["no target", [], /^Specify one of --stack NAME, --stack-export FILE, --local and, without/],
    ["a stream with --objects", ["--stream", "clicks", "--objects"], /^Specify one of/],
    ["a stream with --local", ["--stream", "clicks", "--local"], /^Specify one of/],
    ["a position that does not exist", ["--local", "--from", "now"], /It must be latest/],
  ] as const)
    it(`rejects ${what}`, async () => {
      const ended = await tail(...args);
      assert.equal(ended.exitCode, 2);
      assert.match(ended.stderr, message);
    });

  it("rejects a delivery stream without a stream, and says what can be read", async () => {
    writeLocalRun(directory, runOf("puts"));
    const ended = await tail("--local", directory);
    assert.match(ended.stderr, /^Producers put records to the delivery stream "puts" itself/);
    assert.match(ended.stderr, /with --objects\.$/m);
    const late = await tail("--local", directory, "--objects", "--from", "1h");
    assert.match(late.stderr, /^With --objects, --from must be latest or a day/);
  });
});
