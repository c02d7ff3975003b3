import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { userRecords } from "../../../aws/firehose/features/kplAggregates";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { writeLocalRun } from "../../../records/target/localRun";
import { streamlakeHere } from "../support/streamlakeHere";

const region = "eu-central-1";

describe("streamlake send with its options", () => {
  let directory: string;
  let kinesis: Kinesis;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-send-options-"));
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    await kinesis.store.create({ region, name: "clicks" }, { shardCount: 4 });
  });
  afterEach(async () => {
    await kinesis.stop();
    rmSync(directory, { recursive: true });
  });

  const send = (args: readonly string[], input = "") =>
    streamlakeHere(
      ["send", ...args, "--stream", "clicks", "--region", region, "--endpoint", kinesis.endpoint],
      input,
    );

  /** By shard, the records as they are in the stream. */
  async function stored() {
    const stream = kinesis.store.stream({ region, name: "clicks" });
    assert.ok(stream);
    const page = { limit: Infinity, maxBytes: Infinity, since: stream.horizon, from: 0 };
    return Promise.all(stream.shards.map(async ({ log }) => (await log.read(page)).records));
  }

  it("sends generated events at a rate, the same again with the same seed", async () => {
    const args = ["--generate", "120", "--seed", "7", "--rate", "2000/s"];
    const first = await send(args);
    assert.match(first.stdout, /^Sent 120 records \(/, first.stderr);
    assert.match(first.stderr, /^Generating 120 events with seed 7\.$/m);
    const second = await send([...args, "--json"]);
    const { name, sent, rejected } = JSON.parse(second.stdout) as Record<string, unknown>;
    assert.deepEqual([name, sent, rejected, second.exitCode], ["clicks", 120, [], 0]);
    const lines = (await stored()).flat().map(({ data }) => data.toString());
    assert.deepEqual([lines.length, new Set(lines).size], [240, 120]);

    const others = await send(["--generate", "5", "--size", "1KiB"]);
    assert.match(others.stderr, /^Generating 5 events of now; --seed \d+ makes such events again/m);
    assert.match(others.stdout, /^Sent 5 records \(5\.0 KiB\)/);
  });

  it("takes the partition key of each record from a member, and counts those without it", async () => {
    const lines = ['{"user":"a","n":1}', '{"user":"b"}', '{"user":"a","n":2}', "text"];
    const ended = await send(["-", "--partition-key-field", "user"], lines.join("\n"));
    assert.match(ended.stdout, /\n1 record without the field got a random partition key\.$/m);
    const keys = (await stored())
      .flat()
      .map(({ data, partitionKey }) => [data.toString(), partitionKey]);
    for (const [index, key] of ["a", "b", "a"].entries())
      assert.ok(keys.some(([data, found]) => data === lines[index] && found === key));
  });

  it("packs KPL aggregates of records of one shard, and prints what that saves", async () => {
    const args = ["--generate", "2000", "--seed", "1", "--partition-key-field", "user_id"];
    const single = await send(args);
    assert.equal(single.exitCode, 0, single.stderr);
    const shards = await stored();
    const shardOfKey = new Map(
      shards.flatMap((records, shard) =>
        records.map(({ partitionKey }) => [partitionKey, shard] as const),
      ),
    );
    const packed = await send([...args, "--aggregate", "kpl"]);
    assert.match(packed.stdout, /\nPacked 2,000 lines into \d+ records \(kpl\):\n/, packed.stderr);
    assert.match(packed.stdout, /^ {2}Firehose, in 5 KB +[\d.]+ MiB +[\d.]+ MiB +\d\d\.\d %$/m);
    assert.match(packed.stdout, /^ {2}Kinesis, PUT units of 25 KB +2,\d{3} +\d+ +\d\d\.\d %$/m);
    for (const line of packed.stdout.split("\n")) assert.ok(line.length <= 80, line);

    const data: string[] = [];
    for (const [shard, records] of (await stored()).entries())
      for (const record of records.slice(shards[shard]?.length)) {
        const users = userRecords(record.data) ?? [record];
        for (const user of users) {
          assert.equal(shardOfKey.get(user.partitionKey), shard);
          data.push(Buffer.from(user.data).toString());
        }
      }
    assert.deepEqual(
      data.sort(),
      shards
        .flat()
        .map((record) => record.data.toString())
        .sort(),
    );
  });

  it("packs lines with newlines as the delivery stream of a run reads them", async () => {
    const target = (processing: string[]) => {
      writeLocalRun(directory, {
        ...{ version: 1, stack: "dev", process: process.pid, running: true },
        endpoints: { kinesis: kinesis.endpoint, firehose: "", s3: "" },
        deliveryStreams: [
          {
            ...{ name: "clicks", region, stream: "clicks", bucket: "lake", prefix: "raw/" },
            ...{ errorPrefix: "", timeZone: "UTC", delimiter: "newline", processing },
            recordCompression: "none",
          },
        ],
      });
      const args = ["send", "-", "--local", directory, "--aggregate", "newline"];
      return streamlakeHere(args, "one\n\ntwo\nthree");
    };
    const ended = await target([]);
    assert.match(
      ended.stdout,
      /^Sent 1 record \(13 bytes\) .*; skipped 1 blank line\.$/m,
      ended.stderr,
    );
    assert.deepEqual(
      (await stored()).flat().map(({ data }) => data.toString()),
      ["one\ntwo\nthree"],
    );
    const rejected = await target(["partition"]);
    assert.match(rejected.stderr, /^The delivery stream partitions records by keys in them/m);
    assert.equal(rejected.exitCode, 2);
  });

  for (const [what, args, message] of [
    [
      "a file with --generate",
      ["events.jsonl", "--generate", "5"],
      /leave out the file, or --generate/,
    ],
    ["--seed without --generate", ["-", "--seed", "1"], /--seed and --size belong to --generate/],
    [
      "events that are too small",
      ["--generate", "5", "--size", "100"],
      /the smallest event has 256/,
    ],
    ["a number of events that is none", ["--generate", "many"], /a whole number above 0/],
    ["a rate without a unit", ["-", "--rate", "500"], /records per s, min or h, e\.g\. 500\/s/],
    ["an unknown aggregation", ["-", "--aggregate", "zip"], /Allowed choices are newline, kpl/],
  ] as const)
    it(`rejects ${what}`, async () => {
      const ended = await send(args);
      assert.match(ended.stderr, message);
      assert.equal(ended.exitCode, 2);
      assert.deepEqual((await stored()).flat(), []);
    });

  it("rejects partition keys and KPL aggregates for a delivery stream without a stream", async () => {
    const put = (...args: string[]) =>
      streamlakeHere(
        [
          "send",
          "-",
          "--delivery-stream",
          "puts",
          "--region",
          region,
          "--endpoint",
          "http://127.0.0.1:1",
          ...args,
        ],
        "one",
      );
    assert.match((await put("--partition-key-field", "user")).stderr, /needs a Kinesis stream/);
    assert.match((await put("--aggregate", "kpl")).stderr, /Specify --aggregate newline\./);
  });
});
