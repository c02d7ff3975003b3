import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  GetRecordsCommand,
  KinesisClient,
  ListShardsCommand,
  MergeShardsCommand,
  PutRecordsCommand,
  SplitShardCommand,
} from "@aws-sdk/client-kinesis";
import { startKinesis, type Kinesis } from "../../../aws/kinesis/startKinesis";
import {
  type StartingPosition,
  type StreamClient,
  type StreamRecord,
  tailStream,
} from "../../../records/tail/tailStream";

const region = "eu-central-1";

describe("tailing a stream", () => {
  let directory: string;
  let kinesis: Kinesis;
  let client: KinesisClient;
  let streams = 0;
  let stream: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-tail-"));
    kinesis = await startKinesis({ directory });
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    client = new KinesisClient({ region, endpoint: kinesis.endpoint, credentials, maxAttempts: 1 });
  });
  beforeEach(async () => {
    stream = `events-${++streams}`;
    await kinesis.store.create({ region, name: stream }, { shardCount: 2 });
  });
  after(async () => {
    client.destroy();
    await kinesis.stop();
    rmSync(directory, { recursive: true });
  });

  const keys = ["a", "b", "c", "d", "e", "f"];

  /** One record for each key, with this number. */
  async function put(number: number): Promise<void> {
    const Records = keys.map((key) => ({ PartitionKey: key, Data: Buffer.from(String(number)) }));
    await client.send(new PutRecordsCommand({ StreamName: stream, Records }));
  }

  /** Reads until there are so many records. */
  async function readUntil(
    enough: number,
    from: StartingPosition,
    options: { onStart?: () => Promise<void>; reads?: StreamClient } = {},
  ): Promise<readonly StreamRecord[]> {
    const records: StreamRecord[] = [];
    const stop = new AbortController();
    let started: Promise<void> | undefined;
    await tailStream({
      client: options.reads ?? client,
      ...{ stream, from, signal: stop.signal },
      onStart: () => {
        started = options.onStart?.();
      },
      onRecords: (more) => {
        records.push(...more);
        if (records.length >= enough) stop.abort();
      },
      sleep: () => setImmediate(),
    });
    await started;
    return records;
  }

  /** By partition key, the numbers in the order in which they were read. */
  function numbersByKey(records: readonly StreamRecord[]): Record<string, string> {
    const numbers: Record<string, string> = {};
    for (const { partitionKey, data } of records)
      numbers[partitionKey] = (numbers[partitionKey] ?? "") + Buffer.from(data).toString();
    return numbers;
  }

  const each = (numbers: string) => Object.fromEntries(keys.map((key) => [key, numbers]));

  it("reads all shards from the oldest record on", async () => {
    await put(1);
    await put(2);
    const records = await readUntil(12, "trim-horizon");
    assert.deepEqual(numbersByKey(records), each("12"));
    assert.equal(new Set(records.map(({ shardId }) => shardId)).size, 2);
    for (const { arrival, sequenceNumber } of records) {
      assert.ok(Number.isFinite(arrival.getTime()));
      assert.match(sequenceNumber, /^\d+$/);
    }
  });

  it("reads from the latest position only what is put after its start", async () => {
    await put(1);
    const records = await readUntil(6, "latest", { onStart: () => put(2) });
    assert.deepEqual(numbersByKey(records), each("2"));
  });

  it("reads from a time on", async () => {
    await put(1);
    const before = Date.now();
    while (Date.now() === before) await setImmediate();
    const time = new Date();
    await put(2);
    assert.deepEqual(numbersByKey(await readUntil(6, time)), each("2"));
  });

  it("follows shards that are split and merged, and keeps the order of each key", async () => {
    await put(1);
    const ids = async () => {
      const filter = { StreamName: stream, ShardFilter: { Type: "AT_LATEST" } } as const;
      const { Shards = [] } = await client.send(new ListShardsCommand(filter));
      return Shards.map((shard) => shard);
    };
    const [first] = await ids();
    const { StartingHashKey = "0", EndingHashKey = "0" } = first?.HashKeyRange ?? {};
    const middle = (BigInt(StartingHashKey) + BigInt(EndingHashKey)) / 2n;
    const NewStartingHashKey = String(middle);
    const split = { StreamName: stream, ShardToSplit: first?.ShardId, NewStartingHashKey };
    await client.send(new SplitShardCommand(split));
    await put(2);
    const [old, child] = await ids();
    const merge = {
      StreamName: stream,
      ShardToMerge: old?.ShardId,
      AdjacentShardToMerge: child?.ShardId,
    };
    const isAdjacent =
      BigInt(old?.HashKeyRange?.EndingHashKey ?? 0) + 1n ===
      BigInt(child?.HashKeyRange?.StartingHashKey ?? 0);
    if (isAdjacent) await client.send(new MergeShardsCommand(merge));
    await put(3);
    const records = await readUntil(24, "trim-horizon", { onStart: () => put(4) });
    assert.deepEqual(numbersByKey(records), each("1234"));
    assert.ok(new Set(records.map(({ shardId }) => shardId)).size > 2);
    assert.equal(new Set(records.map(({ sequenceNumber }) => sequenceNumber)).size, records.length);
  });

  /** The client, with an error in place of some GetRecords calls. */
  function failing(errorOf: (call: number) => Error | undefined): StreamClient {
    let calls = 0;
    const send = (command: GetRecordsCommand) => {
      const error = command instanceof GetRecordsCommand ? errorOf(++calls) : undefined;
      return error ? Promise.reject(error) : client.send(command);
    };
    return { send } as unknown as StreamClient;
  }

  const errorNamed = (name: string, status = 400) =>
    Object.assign(new Error("what AWS says"), { name, $metadata: { httpStatusCode: status } });

  it("goes on after throttling, failures of AWS and expired iterators, without a gap", async () => {
    await put(1);
    await put(2);
    const errors = [
      errorNamed("ProvisionedThroughputExceededException"),
      errorNamed("InternalFailure", 500),
      errorNamed("ExpiredIteratorException"),
    ];
    const reads = failing((call) => (call % 2 === 0 ? errors[(call / 2) % 3] : undefined));
    const records = await readUntil(18, "trim-horizon", { reads, onStart: () => put(3) });
    assert.deepEqual(numbersByKey(records), each("123"));
  });

  for (const [code, message] of [
    [
      "AccessDeniedException",
      /^No permission to read the Kinesis stream "events-\d+"\. This requires kinesis:GetRecords, and kms:Decrypt/,
    ],
    [
      "KMSDisabledException",
      /^Cannot read the Kinesis stream "events-\d+": its KMS key is disabled, .*\. Enable the key, .*\(KMSDisabledException: what AWS says\)$/,
    ],
  ] as const)
    it(`ends with what to check on ${code}`, async () => {
      await assert.rejects(readUntil(1, "latest", { reads: failing(() => errorNamed(code)) }), {
        message,
      });
    });

  it("ends with the name of a stream that does not exist", async () => {
    stream = "nobody";
    await assert.rejects(readUntil(1, "latest"), {
      message:
        /^There is no Kinesis stream "nobody"\. Check its name, the region, the account .* and the endpoint\. \(/,
    });
  });
});
