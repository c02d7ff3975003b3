import assert from "node:assert/strict";
import { join } from "node:path";
import type { Clock } from "../../../../aws/clock";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { type Kinesis, startKinesis } from "../../../../aws/kinesis/startKinesis";
import { temporaryFolder } from "../../../local/support/temporaryFolder";
import { callFacts } from "../support/callFacts";
import { KinesisCaller } from "../support/kinesisCalls";
import { region } from "../support/storedRecords";

const mebibyte = 1024 * 1024;
const code = "ProvisionedThroughputExceededException";

describe("the throughput of a shard", () => {
  const root = temporaryFolder();
  let now = Date.parse("2026-03-01T12:00:00Z");
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const calls: KinesisCall[] = [];
  let kinesis: Kinesis;
  let caller: KinesisCaller;
  let streams = 0;
  let StreamName: string;

  before(async () => {
    kinesis = await startKinesis({
      ...{ directory: join(root, "kinesis"), regions: [region], clock, throttle: true },
      onCall: (call) => calls.push(call),
    });
    caller = new KinesisCaller(kinesis.endpoint, region);
  });

  after(() => kinesis.stop());

  const create = async (ShardCount: number): Promise<void> => {
    streams += 1;
    StreamName = `events-${streams}`;
    await caller.ok("CreateStream", { StreamName, ShardCount });
  };

  beforeEach(async () => {
    now += 60_000;
    await create(1);
    calls.length = 0;
  });

  const message = (shard = 0) =>
    new RegExp(
      `^Rate exceeded for shard shardId-00000000000${shard} in stream ${StreamName} under account 123456789012\\.$`,
    );
  const record = (bytes: number, ExplicitHashKey = "0") => ({
    Data: Buffer.alloc(bytes, "x").toString("base64"),
    PartitionKey: "k",
    ExplicitHashKey,
  });

  interface Entry {
    readonly SequenceNumber?: string;
    readonly ErrorCode?: string;
    readonly ErrorMessage?: string;
  }

  async function put(records: readonly object[]): Promise<readonly Entry[]> {
    const answer = await caller.ok("PutRecords", { StreamName, Records: records });
    const entries = answer["Records"] as Entry[];
    const failed = entries.filter(({ ErrorCode }) => ErrorCode !== undefined);
    assert.equal(answer["FailedRecordCount"], failed.length);
    for (const entry of failed) assert.equal(entry.ErrorCode, code);
    return entries;
  }

  const accepted = (entries: readonly Entry[]): number =>
    entries.filter(({ SequenceNumber }) => SequenceNumber !== undefined).length;

  async function iterator(): Promise<unknown> {
    const { ShardIterator } = await caller.ok("GetShardIterator", {
      ...{ StreamName, ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" },
    });
    return ShardIterator;
  }

  it("is 1,000 records in a second, in PutRecords and PutRecord", async () => {
    const records = Array.from({ length: 500 }, () => record(1));
    assert.equal(accepted(await put(records)), 500);
    assert.equal(accepted(await put(records.slice(1))), 499);
    const last = await put([record(1), record(1), record(1)]);
    assert.deepEqual(
      last.map(({ ErrorCode }) => ErrorCode),
      [undefined, code, code],
    );
    assert.match(last[1]?.ErrorMessage ?? "", message());
    await caller.rejects("PutRecord", { StreamName, ...record(1) }, [code, message()]);
    now += 999;
    await caller.rejects("PutRecord", { StreamName, ...record(1) }, [code, message()]);
    now += 1;
    await caller.ok("PutRecord", { StreamName, ...record(1) });
  });

  it("is 1 MiB of data and partition keys in a second", async () => {
    const half = mebibyte / 2 - 1;
    assert.equal(accepted(await put([record(half), record(half), record(0)])), 2);
    now += 1000;
    assert.equal(accepted(await put([record(half), record(half + 1), record(half)])), 2);
  });

  it("belongs to each shard, in on-demand streams too", async () => {
    await create(2);
    const full = record(mebibyte - 1);
    const other = record(mebibyte - 1, String(2n ** 127n));
    const entries = await put([full, other, full, other]);
    assert.deepEqual(
      entries.map(({ ErrorMessage }) => ErrorMessage),
      [
        undefined,
        undefined,
        ...[0, 1].map((shard) => message(shard).source.slice(1, -1).replace("\\.", ".")),
      ],
    );
    await kinesis.store.create({ region, name: "on-demand" }, { mode: "ON_DEMAND" });
    StreamName = "on-demand";
    assert.equal(accepted(await put([full, full])), 1);
  });

  it("uses up the seconds that follow a large record", async () => {
    const stream = { region, name: "large" };
    await kinesis.store.create(stream, { shardCount: 1, maxRecordSizeInKib: 10_240 });
    StreamName = "large";
    await put([record(4 * mebibyte - 1)]);
    now += 3999;
    await caller.rejects("PutRecord", { StreamName, ...record(1) }, [code, message()]);
    now += 1;
    await caller.ok("PutRecord", { StreamName, ...record(1) });
  });

  it("is 5 reads in a second", async () => {
    const ShardIterator = await iterator();
    for (let read = 0; read < 5; read += 1) await caller.ok("GetRecords", { ShardIterator });
    await caller.rejects("GetRecords", { ShardIterator }, [code, message()]);
    now += 1000;
    await caller.ok("GetRecords", { ShardIterator });
  });

  it("is 2 MiB of reads in a second: after 10 MiB, reads wait for five seconds", async () => {
    StreamName = "ten";
    await kinesis.store.create(
      { region, name: StreamName },
      { shardCount: 1, maxRecordSizeInKib: 10_240 },
    );
    await put([record(10 * mebibyte - 1)]);
    const ShardIterator = await iterator();
    const page = await caller.ok("GetRecords", { ShardIterator });
    assert.equal((page["Records"] as unknown[]).length, 1);
    now += 4999;
    await caller.rejects("GetRecords", { ShardIterator }, [code, message()]);
    now += 1;
    await caller.ok("GetRecords", { ShardIterator });
  });

  it("counts in the metrics what was throttled", async () => {
    await put([record(mebibyte - 1), record(1), record(1)]);
    await caller.call("PutRecord", { StreamName, ...record(1) });
    const common = { region, streamName: StreamName, failedRecords: 0 };
    assert.deepEqual(calls.map(callFacts), [
      { ...common, operation: "PutRecords", records: 1, bytes: mebibyte, throttledRecords: 2 },
      {
        ...{ ...common, operation: "PutRecord", records: 0, bytes: 0, throttledRecords: 1 },
        errorCode: code,
      },
    ]);
  });
});
