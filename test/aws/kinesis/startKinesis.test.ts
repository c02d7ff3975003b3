import {
  CreateStreamCommand,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  KinesisClient,
  type KinesisClientConfig,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceNotFoundException,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";
import { type Kinesis, startKinesis } from "../../../aws/kinesis/startKinesis";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { runWithBoto3 } from "../support/boto3";
import { callFacts } from "./support/callFacts";

const region = "eu-central-1";
const credentials = { accessKeyId: "123456789012", secretAccessKey: "any" };

describe("the Kinesis endpoint", () => {
  const root = temporaryFolder();
  const clients: KinesisClient[] = [];
  const calls: KinesisCall[] = [];
  let kinesis: Kinesis;

  function client(config: Partial<KinesisClientConfig> = {}): KinesisClient {
    const made = new KinesisClient({ endpoint: kinesis.endpoint, region, credentials, ...config });
    clients.push(made);
    return made;
  }

  before(async () => {
    kinesis = await startKinesis({
      directory: join(root, "shared"),
      regions: [region],
      onCall: (call) => calls.push(call),
    });
  });

  beforeEach(() => {
    calls.length = 0;
  });

  after(async () => {
    for (const made of clients) made.destroy();
    await kinesis.stop();
  });

  async function create(producer: KinesisClient, StreamName: string): Promise<void> {
    await producer.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
    await waitUntilStreamExists({ client: producer, maxWaitTime: 10, minDelay: 1 }, { StreamName });
  }

  const handlers = {
    "the SDK's own choice, HTTP/2": {},
    "HTTP/1.1": { requestHandler: new NodeHttpHandler() },
  };
  for (const [name, config] of Object.entries(handlers)) {
    it(`takes and gives large requests by ${name}`, async () => {
      const stream = `large-${Object.keys(config).length}`;
      const producer = client(config);
      await create(producer, stream);
      const batches = [1, 2, 3].map(() => Array.from({ length: 40 }, () => randomBytes(4096)));
      await Promise.all(
        batches.map((batch) =>
          producer.send(
            new PutRecordsCommand({
              StreamName: stream,
              Records: batch.map((Data) => ({ Data, PartitionKey: "ключ" })),
            }),
          ),
        ),
      );
      const got = await recordsOf(producer, stream);
      assert.deepEqual(
        got.map((data) => data.toString("base64")).sort(),
        batches
          .flat()
          .map((data) => data.toString("base64"))
          .sort(),
      );
      const puts = calls.filter(({ operation }) => operation === "PutRecords");
      assert.equal(puts.length, 3);
      for (const put of puts) {
        assert.deepEqual(callFacts(put), {
          operation: "PutRecords",
          region,
          streamName: stream,
          records: 40,
          bytes: 40 * (4096 + Buffer.byteLength("ключ")),
          throttledRecords: 0,
          failedRecords: 0,
        });
      }
      const reads = calls.filter(({ operation }) => operation === "GetRecords");
      assert.equal(sumOf(reads), 120);
      assert.ok(reads.every(({ streamName }) => streamName === stream));
    });
  }

  it("reports errors as the SDK knows them", async () => {
    await assert.rejects(
      client().send(
        new PutRecordCommand({ StreamName: "none", PartitionKey: "k", Data: Buffer.from("c") }),
      ),
      ResourceNotFoundException,
    );
    assert.equal(calls.length, 1, "the SDK does not repeat the call");
  });

  it("answers on loopback only, and not after its stop", async () => {
    const other = await startKinesis({ directory: join(root, "other") });
    const { hostname, port } = new URL(other.endpoint);
    assert.equal(hostname, "127.0.0.1");
    assert.equal(await canConnect(hostname, port), true);
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter(({ internal, scopeid }) => !internal && !scopeid),
    );
    for (const { address } of others) assert.equal(await canConnect(address, port), false);
    await other.stop();
    assert.equal(await canConnect(hostname, port), false);
  });

  it("has every acknowledged record after a kill", async () => {
    const directory = join(root, "killed");
    const stream = "kill";
    const acknowledged = await killWhilePutting(directory, stream);
    const problems: string[] = [];
    const served = await startKinesis({ directory, onProblem: (line) => problems.push(line) });
    const reader = { region, stream, deliveryStream: "to-lake" };
    assert.ok(await served.store.create({ region, name: stream }, {}));
    const { resumed, kept } = await served.store.undelivered([reader]);
    const reading = client({ endpoint: served.endpoint });
    const lines = (await recordsOf(reading, stream)).map(String);
    assert.equal(lines.length, resumed[0]?.records);
    assert.deepEqual(kept, []);
    const there = new Set(lines);
    for (const text of acknowledged) assert.ok(there.has(text), `record ${text}`);
    assert.deepEqual(problems, []);
    await served.stop();
  });

  /** @returns the records that a Kinesis had acknowledged before it was killed */
  async function killWhilePutting(directory: string, stream: string): Promise<readonly string[]> {
    const loader = ["--require", require.resolve("../../support/typescript.cjs")];
    const program = [require.resolve("./support/killedKinesis"), directory, region, stream];
    const child = spawn(process.execPath, [...loader, ...program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [printed] = (await once(child.stdout, "data")) as [Buffer];
      const producer = client({ endpoint: printed.toString().trim(), maxAttempts: 1 });
      const acknowledged: string[] = [];
      const produce = async (name: number): Promise<void> => {
        for (let request = 0; ; request += 1) {
          const lines = Array.from({ length: 20 }, (_, index) => `${name}/${request}/${index}`);
          const Records = lines.map((text) => ({ Data: Buffer.from(text), PartitionKey: text }));
          const command = new PutRecordsCommand({ StreamName: stream, Records });
          const answer = await producer.send(command).catch(() => undefined);
          if (!answer) return;
          acknowledged.push(...lines);
          if (acknowledged.length > 600) child.kill("SIGKILL");
        }
      };
      await Promise.all([1, 2, 3, 4].map(produce));
      return acknowledged;
    } finally {
      child.kill("SIGKILL");
    }
  }

  it("serves boto3", async function () {
    const program = join(__dirname, "support", "putAndGet.py");
    await runWithBoto3(this, program, kinesis.endpoint, region);
  });
});

function canConnect(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    const end = (connected: boolean) => () => {
      socket.destroy();
      resolve(connected);
    };
    socket.on("error", end(false)).on("connect", end(true));
  });
}

function sumOf(calls: readonly KinesisCall[]): number {
  return calls.reduce((sum, { records }) => sum + records, 0);
}

async function recordsOf(client: KinesisClient, StreamName: string): Promise<readonly Buffer[]> {
  const found: Buffer[] = [];
  const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    const start = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
    let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
    let page: GetRecordsCommandOutput;
    do {
      page = await client.send(new GetRecordsCommand({ ShardIterator }));
      for (const { Data } of page.Records ?? []) found.push(Buffer.from(Data ?? []));
      ShardIterator = page.NextShardIterator;
    } while (page.MillisBehindLatest !== 0);
  }
  return found;
}
