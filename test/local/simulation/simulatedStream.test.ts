import assert from "node:assert/strict";
import type { SourceRecord } from "../../../aws/firehose/source/streamSource";
import type { KinesisRead } from "../../../aws/kinesis/kinesisCall";
import type { RecordBundle } from "../../../local/simulation/recordBundle";
import {
  SimulatedStream,
  type SimulatedStreamOptions,
} from "../../../local/simulation/simulatedStream";
import type { TrafficSecond } from "../../../local/simulation/traffic";
import { VirtualClock } from "../../../local/simulation/virtualClock";
import { begin, hour, minute, second } from "../support/simulation";

const bytesOf = (count: number): Buffer => Buffer.alloc(count, "x");

/** A stream with everything that it has reported so far. */
function streamOf(
  { recordsPerSecond = 10, contents = [bytesOf(100)], milliseconds = minute },
  changes: Partial<SimulatedStreamOptions> = {},
) {
  const clock = new VirtualClock(begin);
  const seconds: TrafficSecond[] = [];
  const reads: KinesisRead[] = [];
  const stream = new SimulatedStream({
    name: "events",
    region: "eu-central-1",
    shards: 1,
    retentionHours: 24,
    traffic: { contents, recordsPerSecond, begin, end: begin + milliseconds },
    seed: 1,
    bundleBytes: 0,
    clock,
    onArrivals: (arrivals) => seconds.push(arrivals),
    onRead: (call) => reads.push(call),
    ...changes,
  });
  void stream.produce();
  return { stream, clock, seconds, reads };
}

/** Reads all shards once a second until the end of the traffic. */
async function readAll({ stream, clock }: ReturnType<typeof streamOf>): Promise<RecordBundle[]> {
  const records: RecordBundle[] = [];
  while (!stream.finished) {
    await clock.run(clock.now() + second);
    for (const { id } of await stream.listShards()) {
      const iterator = await stream.shardIterator(id);
      records.push(...pageOrNone(stream, iterator));
    }
  }
  return records;
}

function pageOrNone(stream: SimulatedStream, iterator: string): readonly RecordBundle[] {
  try {
    return stream.records(iterator).records;
  } catch {
    return [];
  }
}

function sum(seconds: readonly TrafficSecond[], part: "records" | "bytes" | "throttled"): number {
  return seconds.reduce((total, second) => total + second[part], 0);
}

describe("SimulatedStream", () => {
  it("returns each record once and in order, not before it has arrived", async () => {
    const world = streamOf({ recordsPerSecond: 50 }, { shards: 3 });
    const perShard = new Map<string, SourceRecord[]>();
    while (!world.stream.finished) {
      await world.clock.run(world.clock.now() + second);
      for (const { id } of await world.stream.listShards()) {
        const { records } = world.stream.records(id);
        for (const { arrival } of records) assert.ok(arrival <= world.clock.now());
        perShard.set(id, [...(perShard.get(id) ?? []), ...records]);
      }
    }
    assert.deepEqual(
      [...perShard.keys()],
      [0, 1, 2].map((n) => `shardId-00000000000${n}`),
    );
    for (const records of perShard.values()) {
      assert.deepEqual(
        records.map(({ sequenceNumber }) => sequenceNumber),
        records.map((_, index) => String(index + 1)),
      );
      const arrivals = records.map(({ arrival }) => arrival);
      assert.deepEqual(
        arrivals,
        [...arrivals].sort((one, other) => one - other),
      );
    }
    const read = [...perShard.values()].flat().length;
    assert.equal(read, sum(world.seconds, "records"));
    // 3000 expected; five standard deviations of a Poisson distribution are 274.
    assert.ok(Math.abs(read - 3000) < 274, String(read));
  });

  it("reports each second with arrivals as soon as it is over, even without a reader", async () => {
    const { clock, seconds } = streamOf({ recordsPerSecond: 100, milliseconds: hour });
    await clock.run(begin + 5 * second);
    assert.deepEqual(
      seconds.map(({ at }) => at - begin),
      [0, 1, 2, 3, 4].map((number) => number * second),
    );
    assert.equal(sum(seconds, "bytes"), 100 * sum(seconds, "records"));
  });

  it("accepts at most 1000 records and 1 MiB with partition keys per shard and second", async () => {
    const many = streamOf({ recordsPerSecond: 5000, contents: [bytesOf(10)] }, { shards: 2 });
    await readAll(many);
    assert.ok(many.seconds.every(({ records }) => records <= 2000));
    assert.ok(many.seconds.every(({ records, throttled }) => records === 2000 && throttled > 0));

    const large = streamOf({ recordsPerSecond: 20, contents: [bytesOf(100_000)] });
    await readAll(large);
    // 10 x (100,000 + 36) bytes fit into 1 MiB, 11 do not.
    assert.ok(large.seconds.every(({ records }) => records <= 10));
    assert.ok(sum(large.seconds, "throttled") > 0);
  });

  it("returns pages of at most 10,000 records and 10 MiB, with 2 MiB/s on average", async () => {
    const small = streamOf({ recordsPerSecond: 900, contents: [bytesOf(10)] });
    await small.clock.run(begin + minute);
    const first = small.stream.records("shardId-000000000000");
    assert.equal(first.records.length, 10_000);
    assert.ok(first.millisBehindLatest > 40 * second, String(first.millisBehindLatest));

    const large = streamOf({ recordsPerSecond: 9, contents: [bytesOf(100_000)] });
    await large.clock.run(begin + minute);
    const page = large.stream.records("shardId-000000000000");
    assert.equal(page.records.length, 104);
    await large.clock.run(large.clock.now() + 4 * second);
    assert.throws(() => large.stream.records("shardId-000000000000"), {
      name: "ProvisionedThroughputExceededException",
    });
    await large.clock.run(large.clock.now() + second);
    large.stream.records("shardId-000000000000");
    assert.deepEqual(
      large.reads.map(({ records, errorCode }) => [records, errorCode]),
      [
        [104, undefined],
        [0, "ProvisionedThroughputExceededException"],
        [104, undefined],
      ],
    );
  });

  it("loses records that are not read before their retention ends", async () => {
    const world = streamOf({ recordsPerSecond: 2, milliseconds: 3 * hour }, { retentionHours: 1 });
    await world.clock.run(begin + 3 * hour);
    assert.ok(world.stream.lag > 2.9 * hour);
    const read = await readAll(world);
    assert.ok(read.every(({ arrival }) => arrival >= begin + 2 * hour));
    assert.ok(world.stream.expired > 0);
    assert.equal(world.stream.expired + read.length, sum(world.seconds, "records"));
  });

  it("sends the contents in a cycle, which starts at a different content for each shard", async () => {
    const contents = ["a", "b", "c", "d"].map((letter) => Buffer.from(letter));
    const world = streamOf({ contents }, { shards: 2 });
    await world.clock.run(begin + minute);
    const strings = (await world.stream.listShards()).map(({ id }) =>
      world.stream
        .records(id)
        .records.slice(0, 5)
        .map(({ data }) => Buffer.from(data).toString())
        .join(""),
    );
    assert.deepEqual(strings, ["abcda", "cdabc"]);
  });

  it("joins consecutive records of a page to bundles that do not change what is read", async () => {
    const contents = ["a", "bc", "def", "ghij", "k"].map((letters) => Buffer.from(letters));
    const traffic = { contents, recordsPerSecond: 40 };
    const read = async (bundleBytes: number) => {
      const world = streamOf(traffic, { bundleBytes, shards: 2 });
      const bundles = await readAll(world);
      return { bundles, seconds: world.seconds, reads: world.reads };
    };
    const [single, bundled] = [await read(0), await read(5)];
    assert.ok(single.bundles.every(({ arrivals }) => arrivals.length === 1));
    assert.ok(bundled.bundles.some(({ arrivals }) => arrivals.length > 1));
    for (const { data, arrival, arrivals } of bundled.bundles) {
      assert.ok(data.length <= 5);
      assert.equal(arrival, arrivals[0]);
    }
    const all = (bundles: readonly RecordBundle[]) => ({
      data: Buffer.concat(bundles.map(({ data }) => data)).toString(),
      arrivals: bundles.flatMap(({ arrivals }) => [...arrivals]),
    });
    assert.deepEqual(all(bundled.bundles), all(single.bundles));
    assert.deepEqual(bundled.seconds, single.seconds);
    assert.deepEqual(bundled.reads, single.reads);
    assert.equal(bundled.bundles.at(-1)?.sequenceNumber, single.bundles.at(-1)?.sequenceNumber);
  });

  it("rejects reads of a shard that it does not list", async () => {
    const { stream } = streamOf({});
    assert.throws(() => stream.records("shardId-000000000001"), /no shard shardId-000000000001/);
    assert.deepEqual(await stream.listShards(), [{ id: "shardId-000000000000", parents: [] }]);
  });
});
