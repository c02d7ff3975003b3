import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../../aws/firehose/endpoint/directPutCall";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { type LocalAws, startLocalAws } from "../../../local/run/startLocalAws";
import { directPutBucket, directPutGraph, directPutRegion } from "../support/directPutGraph";
import { skip } from "../../support/skip";
import { temporaryFolder } from "../support/temporaryFolder";

describe("a delivery stream without a source", () => {
  const root = temporaryFolder();
  let directory: string;
  let runs = 0;

  beforeEach(() => {
    runs += 1;
    directory = join(root, String(runs));
  });

  interface Run {
    readonly aws: LocalAws;
    readonly log: readonly string[];
    readonly events: readonly DeliveryEvent[];
    readonly calls: readonly DirectPutCall[];
    readonly delivery: Awaited<ReturnType<LocalAws["startDelivery"]>>;
  }

  async function start(graph: ResourceGraph): Promise<Run> {
    const [log, events, calls]: [string[], DeliveryEvent[], DirectPutCall[]] = [[], [], []];
    const aws = await startLocalAws({
      directory,
      onLog: (line) => log.push(line),
      onDirectPut: (call) => calls.push(call),
    });
    try {
      const delivery = await aws.startDelivery(graph, { onEvent: (event) => events.push(event) });
      return { aws, log, events, calls, delivery };
    } catch (error) {
      await aws.stop();
      throw error;
    }
  }

  async function put(client: FirehoseClient, lines: readonly string[], name = "clicks") {
    const Records = lines.map((line) => ({ Data: Buffer.from(line) }));
    return client.send(new PutRecordBatchCommand({ DeliveryStreamName: name, Records }));
  }

  async function untilRead({ events }: Run, records: number): Promise<void> {
    const read = (): number =>
      events.reduce((sum, event) => sum + (event.type === "records-read" ? event.records : 0), 0);
    while (read() < records) await setTimeout(20);
  }

  function delivered(): readonly string[] {
    const bucket = join(directory, directPutBucket);
    return readdirSync(bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes("/."))
      .filter(({ name }) => name.startsWith("clicks-"))
      .flatMap(({ parentPath, name }) =>
        readFileSync(join(parentPath, name), "utf8").split("\n").filter(Boolean),
      )
      .sort();
  }

  const linesOf = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix} ${index}`).sort();

  it("delivers what producers put, with the permissions of its delivery role", async () => {
    const run = await start(directPutGraph());
    const { aws, calls, delivery } = run;
    assert.deepEqual(delivery.deliveryStreams[0]?.source, {
      type: "direct-put",
      region: directPutRegion,
    });
    const client = aws.firehoseClient(directPutRegion);
    const lines = linesOf("click", 1000);
    await put(client, lines.slice(0, 500));
    await put(client, lines.slice(500));
    await untilRead(run, 1000);
    await aws.stop();
    assert.deepEqual(delivered(), lines);
    assert.deepEqual(
      calls.map(({ operation, records }) => [operation, records]),
      [
        ["PutRecordBatch", 500],
        ["PutRecordBatch", 500],
      ],
    );
    assert.deepEqual(
      run.log.filter((line) => line.includes("stream")),
      [],
    );
    const { denied, granted, unused } = delivery.access();
    assert.deepEqual([denied, granted.length, unused.length], [[], 2, 0]);
  });

  it("does not start if its role must not find the bucket", async () => {
    await assert.rejects(
      start(directPutGraph({ actions: ["s3:PutObject"] })),
      /clicks cannot be created: .*s3:GetBucketLocation/,
    );
  });

  it("delivers after a kill what was acknowledged before, and each record once", async () => {
    const loader = ["--require", require.resolve("../../support/typescript.cjs")];
    const program = [require.resolve("../support/killedDirectPut"), directory];
    const child = spawn(process.execPath, [...loader, ...program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const acknowledged: string[] = [];
    try {
      const [printed] = (await once(child.stdout, "data")) as [Buffer];
      const client = new FirehoseClient({
        region: directPutRegion,
        endpoint: printed.toString().trim(),
        credentials: { accessKeyId: "any", secretAccessKey: "any" },
        maxAttempts: 1,
      });
      for (let request = 0; ; request += 1) {
        const lines = linesOf(`batch ${request}`, 100);
        const answer = await put(client, lines).catch(() => undefined);
        if (!answer) break;
        assert.equal(answer.FailedPutCount, 0);
        acknowledged.push(...lines);
        if (request === 4) child.kill("SIGKILL");
      }
      client.destroy();
    } finally {
      child.kill("SIGKILL");
    }
    const run = await start(directPutGraph());
    const [resumed, ...others] = run.delivery.resumed.resumed;
    assert.deepEqual(others, []);
    assert.deepEqual([resumed?.region, resumed?.stream], [directPutRegion, "clicks"]);
    const count = resumed?.records ?? 0;
    assert.ok(count >= acknowledged.length && count % 100 === 0);
    await untilRead(run, count);
    await run.aws.stop();
    const lines = delivered();
    assert.equal(lines.length, count);
    assert.deepEqual(
      acknowledged.filter((line) => !lines.includes(line)),
      [],
    );
    const again = await start(directPutGraph());
    assert.deepEqual(again.delivery.resumed, { resumed: [], kept: [] });
    await again.aws.stop();
  });

  it("keeps records of a delivery stream that is not declared any more, and reports damaged ones", async () => {
    const run = await start(directPutGraph());
    await put(run.aws.firehoseClient(directPutRegion), linesOf("click", 3));
    await untilRead(run, 3);
    // Like a kill: the checkpoint of the last delivery is gone.
    await run.aws.stop();
    const store = join(directory, ".firehose");
    const positions = join(store, "positions", directPutRegion, "clicks", "clicks.json");
    writeFileSync(positions, "{}");
    const other = await start(directPutGraph({ name: "views" }));
    const [kept] = other.delivery.resumed.kept;
    assert.deepEqual([kept?.stream, kept?.records], ["clicks", 3]);
    await other.aws.stop();

    const shard = join(store, "streams", directPutRegion, "clicks", "shardId-000000000000");
    const segment = readdirSync(shard).find((name) => name.endsWith(".segment")) ?? "";
    const bytes = readFileSync(join(shard, segment));
    // The middle one of the three records.
    const [first, last] = [bytes.indexOf("click 0"), bytes.indexOf("click 2")];
    bytes.write("!", Math.floor((first + last) / 2));
    writeFileSync(join(shard, segment), bytes);
    const damaged = await start(directPutGraph());
    assert.equal(damaged.delivery.resumed.resumed[0]?.records, 2);
    const file = join(shard, segment);
    assert.ok(
      damaged.log.some((line) => line.includes(file)),
      damaged.log.join("\n"),
    );
    await untilRead(damaged, 2);
    await damaged.aws.stop();
  });

  it("asks producers to try again once the run ends", async () => {
    const run = await start(directPutGraph());
    const client = run.aws.firehoseClient(directPutRegion);
    await put(client, ["one"]);
    await untilRead(run, 1);
    const stopped = run.aws.stop();
    await assert.rejects(put(client, ["two"]));
    await stopped;
    assert.deepEqual(delivered(), ["one"]);
  });

  it("serves boto3", async function () {
    if (spawnSync("python3", ["-c", "import boto3"]).status !== 0)
      skip(this, "python3 has no boto3");
    const run = await start(directPutGraph());
    const program = resolve("test/local/support/putRecords.py");
    const args = [program, run.aws.firehoseEndpoint, directPutRegion, "clicks"];
    const child = spawn("python3", args, { stdio: "pipe" });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => output.push(chunk));
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 0, Buffer.concat(output).toString());
    await untilRead(run, 500);
    await run.aws.stop();
    assert.deepEqual(delivered(), linesOf("python", 500));
  });
});
