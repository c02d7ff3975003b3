import assert from "node:assert/strict";
import fc from "fast-check";
import type {
  BufferingHints,
  SealedBuffer,
} from "../../../../aws/firehose/delivery/deliveryBuffer";
import {
  type BufferLimits,
  PartitionedBuffers,
} from "../../../../aws/firehose/delivery/partitionedBuffers";
import { SourceProgress } from "../../../../aws/firehose/delivery/sourceProgress";
import type { ProcessedRecord } from "../../../../aws/firehose/processing/processedRecord";
import { deliverable, record, recordsOf } from "../../../local/support/records";

const hints: BufferingHints = { sizeBytes: 100, intervalMilliseconds: 60_000 };
const limits: BufferLimits = { partitions: 3, bytes: 1000, records: 1000 };

const bytesOf = ({ records }: SealedBuffer) =>
  records.reduce((sum, { data }) => sum + data.length, 0);
const contentOf = ({ records }: SealedBuffer) =>
  records.map(({ data }) => Buffer.from(data).toString());

/** Buffers of one shard. */
function buffersOf(changes: Partial<BufferingHints & BufferLimits> = {}) {
  const progress = new SourceProgress();
  const all = { ...hints, ...limits, ...changes };
  const buffers = new PartitionedBuffers(all, all, progress);
  const add = (records: readonly ProcessedRecord[], at = 0) =>
    buffers.add("a", records, { monotonic: at, now: 1_000_000 + at });
  return { buffers, progress, add };
}

/** A record of a partition, with itself as content. */
function inPartition(partition: string, data: string): ProcessedRecord {
  return { ...deliverable(record(data)), partition };
}

describe("PartitionedBuffers", () => {
  it("completes an object with the record that fills it", () => {
    const { buffers, add } = buffersOf();
    assert.deepEqual(add(recordsOf(33, 3).map(deliverable)), []);
    assert.deepEqual([buffers.count, buffers.bytes], [3, 99]);
    const sealed = add(recordsOf(1, 2).map(deliverable));
    assert.deepEqual(
      sealed.map((one) => [one.records.length, one.bytes, bytesOf(one), one.reason]),
      [[4, 100, 100, "size"]],
    );
    assert.deepEqual([buffers.count, buffers.bytes], [1, 1]);
  });

  it("counts a record of the stream with its last part, whether that is kept or dropped", () => {
    const { buffers, add } = buffersOf();
    const part = { ...record("x"), endsRecord: false };
    const whole = record("x");
    add([deliverable(part), deliverable(whole)]);
    add([deliverable(part), { record: whole, dropped: true }]);
    add([{ record: part, dropped: true }, deliverable(whole)]);
    assert.deepEqual([buffers.count, buffers.streamRecords, buffers.droppedRecords], [4, 2, 1]);
    buffers.sealAll("size");
    assert.deepEqual([buffers.count, buffers.streamRecords, buffers.droppedRecords], [0, 0, 1]);
  });

  it("measures the interval from the first record of each object", () => {
    const { buffers, add } = buffersOf();
    assert.equal(buffers.due, undefined);
    add(recordsOf(10, 1).map(deliverable), 1000);
    add(recordsOf(10, 1).map(deliverable), 30_000);
    assert.equal(buffers.due, 61_000);
    add(recordsOf(90, 1).map(deliverable), 40_000);
    assert.equal(buffers.due, undefined);
    add(recordsOf(10, 1).map(deliverable), 50_000);
    assert.equal(buffers.due, 110_000);
  });

  it("delivers everything at once when the interval is 0", () => {
    const { add } = buffersOf({ intervalMilliseconds: 0 });
    assert.deepEqual(
      add(recordsOf(60, 3).map(deliverable)).map(({ records, reason }) => [records.length, reason]),
      [
        [2, "size"],
        [1, "interval"],
      ],
    );
  });

  it("seals records and failures together", () => {
    const { add } = buffersOf();
    const failed = {
      record: record("y".repeat(60), 0, 2),
      failure: {
        errorOutputType: "decompression-failed",
        errorCode: "Decompression failed.",
        errorMessage: "incorrect header check",
        attemptsMade: 1,
        attemptEndingTimestamp: 0,
      },
    } as const;
    const ok = deliverable(record("x".repeat(60), 0, 1));
    const [sealed] = add([ok, failed]);
    assert.deepEqual([sealed?.records, sealed?.failures], [[ok], [failed]]);
  });

  it("never seals an empty buffer", () => {
    const { buffers, add } = buffersOf({ intervalMilliseconds: 0 });
    assert.deepEqual(buffers.sealAll("shutdown"), []);
    assert.deepEqual(add([]), []);
    assert.deepEqual(add([{ record: record("x"), dropped: true }]), []);
    assert.deepEqual([buffers.count, buffers.due], [0, undefined]);
  });

  it("collects each partition in a buffer with its own size and interval", () => {
    const { buffers, add } = buffersOf();
    add([inPartition("x", "one"), inPartition("y", "two")], 0);
    add([inPartition("z", "three"), inPartition("x", "four")], 5000);
    assert.equal(buffers.due, 60_000);
    const due = buffers.sealDue(60_000);
    assert.deepEqual(
      due.map((one) => [one.partition, contentOf(one), one.reason]),
      [
        ["x", ["one", "four"], "interval"],
        ["y", ["two"], "interval"],
      ],
    );
    assert.equal(buffers.due, 65_000);
    const [full] = add([inPartition("z", "x".repeat(100))], 6000);
    assert.deepEqual([full?.partition, full?.reason, full?.records.length], ["z", "size", 2]);
    assert.equal(buffers.due, undefined);
  });

  it("turns records of a partition beyond the limit into failures", () => {
    const { buffers, add } = buffersOf();
    const named = ["w", "x", "y", "z", "w"].map((name) => inPartition(name, name));
    add([deliverable(record("none")), ...named], 5);
    const [unpartitioned, ...others] = buffers.sealAll("shutdown");
    assert.deepEqual(
      others.map((one) => [one.partition, contentOf(one)]),
      [
        ["w", ["w", "w"]],
        ["x", ["x"]],
        ["y", ["y"]],
      ],
    );
    assert.ok(unpartitioned);
    assert.deepEqual(contentOf(unpartitioned), ["none"]);
    assert.deepEqual(unpartitioned.failures, [
      {
        record: record("z"),
        failure: {
          errorOutputType: "activePartitionExceeded",
          errorCode: "DynamicPartitioning.ActivePartitionsLimitExceeded",
          errorMessage: "The number of active partitions has exceeded the configured limit",
          attemptsMade: 1,
          attemptEndingTimestamp: 1_000_005,
        },
      },
    ]);
  });

  it("counts a partition as active until everything of it is delivered", () => {
    const { buffers, add } = buffersOf({ partitions: 1 });
    const failures = () => buffers.sealAll("interval").flatMap((one) => one.failures.length);
    add([inPartition("x", "one")]);
    const [first] = buffers.sealAll("interval");
    add([inPartition("x", "two")]);
    const [second] = buffers.sealAll("interval");
    assert.ok(first && second);
    add([inPartition("y", "rejected")]);
    assert.deepEqual(failures(), [1]);
    buffers.delivered(first);
    add([inPartition("y", "rejected")]);
    assert.deepEqual(failures(), [1]);
    buffers.delivered(second);
    add([inPartition("y", "accepted")]);
    assert.deepEqual(failures(), [0]);
  });

  for (const [limit, changes] of [
    ["data", { bytes: 250, partitions: 100 }],
    ["records", { records: 25, partitions: 100 }],
  ] as const) {
    it(`seals the largest buffer early when all together have too much ${limit}`, () => {
      const { buffers, add } = buffersOf(changes);
      const sealed = Array.from({ length: 100 }, (_, index) =>
        add([inPartition(String(index % 50), "x".repeat(10 + (index % 50 === 7 ? 30 : 0)))]),
      ).flat();
      assert.equal(sealed[0]?.partition, "7");
      assert.ok(buffers.bytes <= 250 || limit === "records", `${buffers.bytes} B`);
      assert.ok(buffers.count <= 25 || limit === "data", `${buffers.count} records`);
      const all = [...sealed, ...buffers.sealAll("shutdown")];
      assert.equal(
        all.reduce((sum, { records }) => sum + records.length, 0),
        100,
      );
    });
  }

  it("returns every record once and in order, in objects below the size plus one record", () => {
    const sizes = fc.array(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 2 })), {
        maxLength: 20,
      }),
    );
    fc.assert(
      fc.property(sizes, (pages) => {
        const { buffers, add } = buffersOf();
        let number = 0;
        const given = pages.map((page) =>
          page.map(([size, partition]) => ({
            ...deliverable(record("x".repeat(size), 0, number++)),
            partition: String(partition),
          })),
        );
        const sealed = given.flatMap((page) => add(page));
        for (const one of sealed) {
          const last = one.records.at(-1)?.data.length ?? 0;
          assert.ok(bytesOf(one) >= 100 && bytesOf(one) - last < 100);
        }
        const all = [...sealed, ...buffers.sealAll("shutdown")];
        for (const partition of ["0", "1", "2"]) {
          assert.deepEqual(
            all.filter((one) => one.partition === partition).flatMap(({ records }) => records),
            given.flat().filter((one) => one.partition === partition),
          );
        }
        assert.deepEqual([buffers.count, buffers.bytes, buffers.due], [0, 0, undefined]);
      }),
    );
  });
});
