import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  KinesisClient,
  type KinesisClientConfig,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-kinesis";
import { cbor } from "@smithy/core/cbor";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { createStream } from "../../../aws/kinesis/createStream";
import { positionsFile } from "../../../aws/kinesis/generations";
import { type Journal, openJournal } from "../../../aws/kinesis/journal";
import { readJournal } from "../../../aws/kinesis/journal/journalFile";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";
import { startKinesisEndpoint } from "../../../aws/kinesis/kinesisEndpoint";
import { type KinesisLocal, startKinesisLocal } from "../../../aws/kinesis/kinesisLocal";
import { replay } from "../../../aws/kinesis/replay";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { callFacts } from "./support/callFacts";

const region = "eu-central-1";
const credentials = { accessKeyId: "000000000000", secretAccessKey: "any" };

describe("the Kinesis endpoint", () => {
  const temporary = temporaryFolder();
  const clients: KinesisClient[] = [];
  const stops: (() => Promise<void>)[] = [];
  const calls: KinesisCall[] = [];
  let kinesis: KinesisLocal;
  let endpoint: string;

  function client(config: Partial<KinesisClientConfig> = {}): KinesisClient {
    const made = new KinesisClient({ endpoint, region, credentials, ...config });
    clients.push(made);
    return made;
  }

  /** Several endpoints, each with its own journal, can share one kinesis-local. */
  async function serve(directory: string): Promise<{ endpoint: string; journal: Journal }> {
    const journal = await openJournal(directory);
    const server = await startKinesisEndpoint({
      upstream: kinesis.endpoint,
      journal,
      onCall: (call) => calls.push(call),
    });
    stops.push(async () => {
      await server.stop();
      await journal.close();
    });
    return { endpoint: server.endpoint, journal };
  }

  before(async () => {
    kinesis = await startKinesisLocal((reason) => assert.fail(reason));
    ({ endpoint } = await serve(join(temporary, "shared")));
  });

  beforeEach(() => {
    calls.length = 0;
  });

  after(async () => {
    for (const made of clients) made.destroy();
    for (const stop of stops) await stop();
    await kinesis.stop();
  });

  const handlers = {
    "the SDK's default, HTTP/2": {},
    "HTTP/1.1": { requestHandler: new NodeHttpHandler() },
  };
  for (const [name, config] of Object.entries(handlers)) {
    it(`accepts and returns large batches over ${name}`, async () => {
      const stream = `large-${Object.keys(config).length}`;
      const producer = client(config);
      await createStream(producer, stream, { shardCount: 1, retentionHours: 24 });
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

  it("reports which records a stream rejects, and how far behind a reader is", async () => {
    const producer = client();
    await createStream(producer, "reported", { shardCount: 1, retentionHours: 24 });
    const Records = ["a", "b", "x".repeat(1024 * 1024 + 1)].map((text) => ({
      Data: Buffer.from(text),
      PartitionKey: "k",
    }));
    const sent = await producer.send(new PutRecordsCommand({ StreamName: "reported", Records }));
    assert.equal(sent.FailedRecordCount, 1);
    await assert.rejects(
      producer.send(
        new PutRecordCommand({ StreamName: "none", PartitionKey: "k", Data: Buffer.from("c") }),
      ),
      ResourceNotFoundException,
    );
    const { ShardIterator } = await producer.send(
      new GetShardIteratorCommand({
        StreamARN: `arn:aws:kinesis:${region}:123456789012:stream/reported`,
        ShardId: "shardId-000000000000",
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    const page = await producer.send(new GetRecordsCommand({ ShardIterator, Limit: 1 }));
    await producer.send(new GetRecordsCommand({ ShardIterator: page.NextShardIterator }));

    const [first, second, third, ...others] = calls.map(callFacts);
    const put = { region, bytes: 0, throttledRecords: 0, failedRecords: 1 };
    const name = { streamName: "reported" };
    assert.deepEqual(first, { ...put, ...name, operation: "PutRecords", records: 2, bytes: 4 });
    assert.deepEqual(second, {
      ...put,
      streamName: "none",
      operation: "PutRecord",
      records: 0,
      errorCode: "ResourceNotFoundException",
    });
    assert.ok(third?.operation === "GetRecords");
    const { iteratorAge, ...read } = third;
    assert.ok(iteratorAge >= 0);
    const one = { region, ...name, operation: "GetRecords", records: 1, bytes: 2 };
    assert.deepEqual(read, one);
    assert.deepEqual(others, [{ ...one, iteratorAge: 0 }]);
  });

  it("accepts CBOR, which the Java SDK and the Kinesis Producer Library use", async () => {
    await createStream(client(), "cbor", { shardCount: 1, retentionHours: 24 });
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-cbor-1.1",
        "x-amz-target": "Kinesis_20131202.PutRecord",
        "x-amz-date": "20260301T000000Z",
        authorization: `AWS4-HMAC-SHA256 Credential=any/20260301/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: cbor.serialize({
        StreamName: "cbor",
        PartitionKey: "k",
        ExplicitHashKey: "0",
        Data: Buffer.from([0, 255, 10]),
      }) as Uint8Array<ArrayBuffer>,
    });
    assert.equal(response.status, 200);
    const answer = cbor.deserialize(Buffer.from(await response.arrayBuffer())) as {
      ShardId: string;
      SequenceNumber: string;
    };
    assert.deepEqual(await recordsOf(client(), "cbor"), [Buffer.from([0, 255, 10])]);
    const file = join(temporary, "shared", "000001", "journal.jsonl");
    const journaled: unknown[] = [];
    for await (const record of readJournal(file))
      if (record.stream === "cbor") journaled.push(record);
    assert.deepEqual(journaled, [
      {
        region,
        stream: "cbor",
        shardId: answer.ShardId,
        sequenceNumber: answer.SequenceNumber,
        partitionKey: "k",
        explicitHashKey: "0",
        data: "AP8K",
      },
    ]);
  });

  it("preserves every acknowledged record after a kill, except delivered ones", async () => {
    const directory = join(temporary, "killed");
    const stream = "kill";
    const acknowledged = await killWhilePutting(directory, stream);

    // One delivery stream has delivered the first 50 records of each shard, the other all of them.
    const first = { region, stream, deliveryStream: "to-lake" };
    const further = { region, stream, deliveryStream: "to-archive" };
    const shards = [...new Set(acknowledged.map(({ shardId }) => shardId))];
    const delivered = new Set<string>();
    const positions: [string, string][] = [];
    const last: [string, string][] = [];
    for (const shardId of shards) {
      const inShard = acknowledged
        .filter((record) => record.shardId === shardId)
        .sort((a, b) => (BigInt(a.sequenceNumber) < BigInt(b.sequenceNumber) ? -1 : 1));
      for (const { text } of inShard.slice(0, 50)) delivered.add(text);
      positions.push([shardId, inShard[49]?.sequenceNumber ?? ""]);
      last.push([shardId, inShard.at(-1)?.sequenceNumber ?? ""]);
    }
    writePositions(positionsFile(directory, "000001", first), positions);
    writePositions(positionsFile(directory, "000001", further), last);

    const served = await serve(directory);
    const resumed = client({ endpoint: served.endpoint });
    await createStream(resumed, stream, { shardCount: 1, retentionHours: 24 });
    const report = await replay(served.journal, () => resumed);

    const replayed = (await recordsOf(resumed, stream)).map(String);
    assert.equal(replayed.length, report.replayed[0]?.records);
    assert.deepEqual(report.kept, []);
    const there = new Set(replayed);
    for (const { text } of acknowledged)
      assert.equal(there.has(text), !delivered.has(text), `record ${text}`);
    assert.deepEqual(readdirSync(directory), ["000002"]);
  });

  /** @returns the records that a Kinesis acknowledged to producers before it was killed */
  async function killWhilePutting(directory: string, stream: string) {
    const loader = ["--require", require.resolve("ts-node/register/transpile-only")];
    const program = [require.resolve("./support/journaledKinesis"), directory, region, stream];
    const child = spawn(process.execPath, [...loader, ...program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [printed] = (await once(child.stdout, "data")) as [Buffer];
      const producer = client({ endpoint: printed.toString().trim(), maxAttempts: 1 });
      const acknowledged: { text: string; shardId: string; sequenceNumber: string }[] = [];
      const produce = async (name: number): Promise<void> => {
        for (let request = 0; ; request += 1) {
          const sent = Array.from({ length: 20 }, (_, index) => `${name}/${request}/${index}`);
          const Records = sent.map((text) => ({ Data: Buffer.from(text), PartitionKey: text }));
          const command = new PutRecordsCommand({ StreamName: stream, Records });
          const answer = await producer.send(command).catch(() => undefined);
          if (!answer) return;
          for (const [index, text] of sent.entries()) {
            const { ShardId = "", SequenceNumber = "" } = answer.Records?.[index] ?? {};
            acknowledged.push({ text, shardId: ShardId, sequenceNumber: SequenceNumber });
          }
          if (acknowledged.length > 600) child.kill("SIGKILL");
        }
      };
      await Promise.all([1, 2, 3, 4].map(produce));
      return acknowledged;
    } finally {
      child.kill("SIGKILL");
    }
  }
});

function writePositions(file: string, positions: readonly [string, string][]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(positions)));
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
