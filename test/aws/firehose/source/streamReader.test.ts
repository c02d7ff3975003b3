import assert from "node:assert/strict";
import { DeliveryCalls } from "../../../../aws/firehose/delivery/deliveryCalls";
import type { FailedCall } from "../../../../aws/firehose/delivery/deliveryEvent";
import { backOff } from "../../../../aws/firehose/delivery/retry";
import { readableShards, readStream } from "../../../../aws/firehose/source/streamReader";
import type { SourceRecord, StreamSource } from "../../../../aws/firehose/source/streamSource";
import { awsError, FakeStream } from "../../../local/support/fakeAws";
import { FakeClock } from "../../../local/support/fakeClock";
import { record } from "../../../local/support/records";

describe("readStream", () => {
  let stream: FakeStream;
  let clock: FakeClock;
  let read: [string, string][];
  let failures: FailedCall[];
  let accept: (records: readonly SourceRecord[]) => Promise<void> | undefined;
  let stop: () => Promise<void>;
  let drain: () => Promise<void>;
  let finished: Promise<void>;

  beforeEach(() => {
    stream = new FakeStream();
    clock = new FakeClock();
    read = [];
    failures = [];
    accept = () => Promise.resolve();
  });

  afterEach(async () => {
    await stop();
    assert.equal(clock.sleeping, 0);
  });

  function start(source: StreamSource = stream, positions: Record<string, string> = {}): void {
    const onFailure = (call: FailedCall) => failures.push(call);
    const calls = new DeliveryCalls({ clock, bucket: "my-lake", onFailure });
    finished = readStream({
      source,
      clock,
      pollMilliseconds: 1000,
      calls,
      positions: new Map(Object.entries(positions)),
      accept: (shardId, { records }) => {
        read.push(
          ...records.map(({ data }) => [shardId, Buffer.from(data).toString()] as [string, string]),
        );
        return accept(records);
      },
    });
    drain = () => calls.drain(finished);
    stop = async () => {
      calls.giveUp("the test ends");
      await finished;
    };
  }

  const numbered = (...numbers: readonly number[]) =>
    numbers.map((number) => record(`r${number}`, 0, number));

  it("reads all shards from their oldest record, once a second", async () => {
    stream.addShard("a");
    stream.addShard("b");
    stream.put("a", ...numbered(1, 2));
    stream.pageSize = 1;
    start();
    await clock.advance(0);
    assert.deepEqual(read, [["a", "r1"]]);
    stream.put("b", ...numbered(3));
    await clock.advance(999);
    assert.equal(read.length, 1);
    await clock.advance(1);
    assert.deepEqual(read.slice(1).sort(), [
      ["a", "r2"],
      ["b", "r3"],
    ]);
    await clock.advance(10_000);
    assert.equal(stream.calls.filter((call) => call === "records").length, 24);
  });

  it("starts after the last delivered record of a shard, and with the oldest of other shards", async () => {
    stream.addShard("a");
    stream.addShard("b");
    stream.put("a", ...numbered(1, 2, 3));
    stream.put("b", ...numbered(4));
    start(stream, { a: "2" });
    await clock.advance(0);
    assert.deepEqual(read.sort(), [
      ["a", "r3"],
      ["b", "r4"],
    ]);
  });

  it("reads the next page only after the previous one is accepted", async () => {
    stream.addShard("a");
    stream.put("a", ...numbered(1, 2));
    stream.pageSize = 1;
    let release: (() => void) | undefined;
    accept = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    start();
    await clock.advance(60_000);
    assert.deepEqual(read, [["a", "r1"]]);
    accept = () => Promise.resolve();
    release?.();
    await clock.advance(1000);
    assert.equal(read.length, 2);
  });

  for (const operation of ["listShards", "shardIterator", "records"] as const) {
    it(`continues where it was when ${operation} fails, with growing pauses`, async () => {
      stream.addShard("a");
      stream.put("a", ...numbered(1));
      for (const name of ["ProvisionedThroughputExceededException", "TimeoutError", "AccessDenied"])
        stream.failures.push({ operation, error: awsError(name) });
      start();
      await clock.advance(250 + 500 + 1000);
      assert.deepEqual(read, [["a", "r1"]]);
      assert.deepEqual(
        failures.map(({ attempt, delayMilliseconds }) => [attempt, delayMilliseconds]),
        [
          [1, 250],
          [2, 500],
          [3, 1000],
        ],
      );
      assert.equal(failures[0]?.code, "ProvisionedThroughputExceededException");
    });
  }

  it("repeats a read that fails at once, and waits for no promise of a page that is there at once", async () => {
    const pages = [numbered(1, 2), numbered(3)];
    let failing = 2;
    accept = () => undefined;
    start({
      listShards: () => Promise.resolve([{ id: "a", parents: [] }]),
      shardIterator: (_, after = "0") => Promise.resolve(after),
      records: (iterator) => {
        const records = iterator === "0" ? pages[0] : pages[1];
        if (iterator === "2" && (failing -= 1) >= 0) throw awsError("TimeoutError");
        return { records: records ?? [], nextIterator: "2", millisBehindLatest: 0 };
      },
    });
    await clock.advance(0);
    assert.deepEqual(read.splice(0), [
      ["a", "r1"],
      ["a", "r2"],
    ]);
    await clock.advance(1000 + 250 + 500);
    assert.deepEqual(read, [["a", "r3"]]);
    assert.deepEqual(
      failures.map(({ code, attempt }) => [code, attempt]),
      [
        ["TimeoutError", 1],
        ["TimeoutError", 2],
      ],
    );
  });

  it("requests a new iterator after the last record when one has expired", async () => {
    stream.addShard("a");
    stream.put("a", ...numbered(1, 2));
    start();
    await clock.advance(0);
    stream.expireIterators();
    stream.put("a", ...numbered(3));
    await clock.advance(5000);
    assert.deepEqual(
      read.map(([, text]) => text),
      ["r1", "r2", "r3"],
    );
    assert.deepEqual(
      failures.map(({ code }) => code),
      ["ExpiredIteratorException"],
    );
  });

  it("reads the children of a split after the last record of their parent", async () => {
    stream.addShard("parent");
    stream.put("parent", ...numbered(1, 2, 3));
    stream.pageSize = 1;
    start();
    await clock.advance(0);
    stream.closeShard("parent");
    stream.addShard("left", "parent");
    stream.addShard("right", "parent");
    stream.put("left", ...numbered(4));
    stream.put("right", ...numbered(5));
    await clock.advance(5000);
    assert.deepEqual(read, [
      ["parent", "r1"],
      ["parent", "r2"],
      ["parent", "r3"],
      ["left", "r4"],
      ["right", "r5"],
    ]);
  });

  it("reads the child of a merge after both of its parents", async () => {
    for (const id of ["one", "other"]) stream.addShard(id);
    stream.addShard("merged", "one", "other");
    stream.put("merged", ...numbered(3));
    stream.put("other", ...numbered(1, 2));
    stream.pageSize = 1;
    stream.closeShard("one");
    stream.closeShard("other");
    start();
    await clock.advance(3000);
    assert.deepEqual(
      read.map(([shard]) => shard),
      ["other", "other", "merged"],
    );
  });

  it("keeps polling a stream whose shards are all closed", async () => {
    stream.addShard("a");
    stream.closeShard("a");
    start();
    await clock.advance(5000);
    stream.addShard("b", "a");
    stream.put("b", ...numbered(1));
    await clock.advance(1000);
    assert.deepEqual(read, [["b", "r1"]]);
  });

  it("reads to the end when it drains, and no shard that is created after that", async () => {
    stream.addShard("a");
    stream.put("a", ...numbered(1, 2, 3));
    stream.pageSize = 1;
    start();
    await clock.advance(0);
    const drained = drain();
    await clock.advance(100);
    stream.addShard("later");
    stream.put("later", ...numbered(4));
    await clock.advance(300);
    await drained;
    assert.deepEqual(
      read.map(([, text]) => text),
      ["r1", "r2", "r3"],
    );
    assert.equal(stream.calls.filter((call) => call === "listShards").length, 2);
  });

  it("has at most three pages of shards that are behind in memory", async () => {
    const releases: (() => void)[] = [];
    accept = () =>
      new Promise((resolve) => {
        releases.push(resolve);
      });
    for (let shard = 0; shard < 20; shard += 1) {
      stream.addShard(`${shard}`);
      stream.put(`${shard}`, ...numbered(1, 2));
    }
    stream.pageSize = 1;
    start();
    await clock.advance(60_000);
    assert.equal(releases.length, 3);
    const drained = drain();
    let most = 0;
    for (let count = 0; count < 40; count += 1) {
      most = Math.max(most, releases.length);
      releases.shift()?.();
      await clock.advance(200);
    }
    await drained;
    assert.deepEqual([read.length, most], [40, 3]);
  });

  it("does not let a shard that cannot be read hold up others", async () => {
    for (const shard of ["a", "b", "c", "d", "e"]) stream.addShard(shard);
    stream.put("e", ...numbered(1));
    start({
      listShards: () => stream.listShards(),
      shardIterator: (shard, after) => stream.shardIterator(shard, after),
      records: (iterator) =>
        iterator.startsWith("e")
          ? stream.records(iterator)
          : Promise.reject(awsError("InternalFailure")),
    });
    await clock.advance(1000);
    assert.deepEqual(read, [["e", "r1"]]);
  });

  it("does not read the child of a shard that had no child when it drained", async () => {
    stream.addShard("a");
    start();
    await clock.advance(0);
    const drained = drain();
    stream.addShard("b", "a");
    stream.put("b", ...numbered(1));
    await drained;
    assert.deepEqual(read, []);
  });

  it("waits as long between two reads when the time of day is set back", async () => {
    stream.addShard("a");
    start();
    await clock.advance(500);
    clock.set(-3600_000);
    stream.put("a", ...numbered(1));
    await clock.advance(500);
    assert.deepEqual(read, [["a", "r1"]]);
  });

  it("ends at once when it gives up, even while a call hangs", async () => {
    const hang = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => {
          reject(awsError("AbortError"));
        });
      });
    start({ listShards: hang, shardIterator: () => assert.fail(), records: () => assert.fail() });
    await clock.advance(3600_000);
    await stop();
    assert.deepEqual(failures, []);
  });
});

describe("readableShards", () => {
  it("treats a parent that is no longer listed as read", () => {
    const shards = [{ id: "child", parents: ["expired"] }];
    assert.deepEqual(readableShards(shards, new Set(), new Set()), shards);
  });

  it("excludes shards that are already started", () => {
    const shards = [{ id: "a", parents: [] }];
    assert.deepEqual(readableShards(shards, new Set(["a"]), new Set()), []);
  });
});

describe("backOff", () => {
  it("doubles from 250 milliseconds to 10 seconds", () => {
    const delays = Array.from({ length: 9 }, (_, index) => backOff(index + 1));
    assert.deepEqual(delays, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
    assert.equal(backOff(5000), 10_000);
  });
});
