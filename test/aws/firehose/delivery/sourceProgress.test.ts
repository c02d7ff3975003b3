import assert from "node:assert/strict";
import fc from "fast-check";
import type { SealedBuffer } from "../../../../aws/firehose/delivery/deliveryBuffer";
import { PartitionedBuffers } from "../../../../aws/firehose/delivery/partitionedBuffers";
import { SourceProgress } from "../../../../aws/firehose/delivery/sourceProgress";
import type { ProcessedRecord } from "../../../../aws/firehose/processing/processedRecord";
import { deliverable, record } from "../../../local/support/records";

const moment = { monotonic: 0, now: 0 };

/** Buffers of two records each. */
function buffersWith(progress: SourceProgress) {
  return new PartitionedBuffers(
    { sizeBytes: 2, intervalMilliseconds: 60_000 },
    { partitions: 2, bytes: Infinity, records: Infinity },
    progress,
  );
}

/** A record of one byte. */
function inPartition(partition: string, number: number): ProcessedRecord {
  return { ...deliverable(record("x", 0, number)), partition };
}

describe("SourceProgress", () => {
  it("continues with the positions that were saved", () => {
    const saved = new Map([["a", "7"]]);
    const progress = new SourceProgress(saved);
    assert.deepEqual(progress.positions(), saved);
    buffersWith(progress).add("a", [inPartition("x", 8)], moment);
    assert.deepEqual(progress.positions(), saved);
  });

  it("has no position in a shard whose first record is not delivered", () => {
    const progress = new SourceProgress();
    buffersWith(progress).add("a", [inPartition("x", 1)], moment);
    assert.deepEqual(progress.positions(), new Map());
  });

  it("stays before the oldest record of an open buffer, even if later ones are delivered", () => {
    const progress = new SourceProgress();
    const buffers = buffersWith(progress);
    const [sealed] = buffers.add(
      "a",
      [inPartition("x", 1), inPartition("x", 2), inPartition("y", 3), inPartition("x", 4)],
      moment,
    );
    assert.ok(sealed);
    buffers.delivered(sealed);
    assert.deepEqual(progress.positions(), new Map([["a", "2"]]));
    const [x] = buffers.add("a", [inPartition("x", 5)], moment);
    assert.ok(x);
    buffers.delivered(x);
    assert.deepEqual(progress.positions(), new Map([["a", "2"]]));
    const [y] = buffers.sealAll("shutdown");
    assert.ok(y);
    buffers.delivered(y);
    assert.deepEqual(progress.positions(), new Map([["a", "5"]]));
  });

  it("passes a dropped record, but not beyond what is before it", () => {
    const progress = new SourceProgress();
    const buffers = buffersWith(progress);
    const dropped = { record: record("x", 0, 1), dropped: true } as const;
    buffers.add("a", [dropped], moment);
    assert.deepEqual(progress.positions(), new Map([["a", "1"]]));
    buffers.add("b", [inPartition("x", 1), { ...dropped, record: record("x", 0, 2) }], moment);
    assert.deepEqual(progress.positions(), new Map([["a", "1"]]));
    buffers.sealAll("shutdown").forEach((sealed) => {
      buffers.delivered(sealed);
    });
    assert.deepEqual(
      progress.positions(),
      new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    );
  });

  it("does not pass a record while a part of it is missing", () => {
    const progress = new SourceProgress();
    const buffers = buffersWith(progress);
    const part = (endsRecord: boolean) =>
      deliverable({ ...record("x", 0, 5), ...(!endsRecord && { endsRecord }) });
    const [first] = buffers.add("a", [part(false), part(false), part(true)], moment);
    assert.ok(first);
    buffers.delivered(first);
    assert.deepEqual(progress.positions(), new Map());
    const [rest] = buffers.sealAll("shutdown");
    assert.ok(rest);
    buffers.delivered(rest);
    assert.deepEqual(progress.positions(), new Map([["a", "5"]]));
  });

  it("is just before the first record that is not delivered, and at the end once all are", () => {
    const shards = ["a", "b", "c"];
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ add: fc.nat(2), parts: fc.array(fc.nat(3)) }) },
      { weight: 1, arbitrary: fc.constant("seal" as const) },
      { weight: 4, arbitrary: fc.record({ deliver: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const progress = new SourceProgress();
        const buffers = buffersWith(progress);
        /** By shard, how many parts of each record are not done; the index is the number. */
        const left = new Map(shards.map((shard) => [shard, [] as number[]]));
        const owners = new Map<unknown, { readonly parts: number[]; readonly number: number }>();
        const waiting: SealedBuffer[] = [];
        const deliver = (sealed: SealedBuffer): void => {
          buffers.delivered(sealed);
          for (const {
            record: { data },
          } of [...sealed.records, ...sealed.failures]) {
            const { parts = [], number = 0 } = owners.get(data) ?? {};
            parts[number] = (parts[number] ?? 0) - 1;
          }
        };
        const check = (): void => {
          const positions = progress.positions();
          for (const [shard, parts] of left) {
            const first = parts.findIndex((missing) => missing > 0);
            const done = first === -1 ? parts.length : first;
            // Record 1 is at index 0; nothing is saved before it is done.
            assert.equal(Number(positions.get(shard) ?? 0), done, shard);
          }
        };
        for (const one of steps) {
          if (one === "seal") waiting.push(...buffers.sealAll("interval"));
          else if ("deliver" in one) {
            const [sealed] = waiting.splice(one.deliver % Math.max(1, waiting.length), 1);
            if (sealed) deliver(sealed);
          } else {
            const shard = shards[one.add] ?? "";
            const parts = left.get(shard) ?? [];
            const number = parts.length;
            parts.push(one.parts.filter((partition) => partition > 0).length);
            const processed = one.parts.map((partition, index): ProcessedRecord => {
              const source = {
                ...record("x", 0, number + 1),
                ...(index < one.parts.length - 1 && { endsRecord: false }),
              };
              owners.set(source.data, { parts, number });
              // 0 drops the part; there is room for two of the partitions.
              if (partition === 0) return { record: source, dropped: true };
              return { ...deliverable(source), partition: String(partition) };
            });
            const none = { record: record("", 0, number + 1), dropped: true } as const;
            const page = processed.length === 0 ? [none] : processed;
            waiting.push(...buffers.add(shard, page, moment));
          }
          check();
        }
        waiting.push(...buffers.sealAll("shutdown"));
        waiting.reverse().forEach(deliver);
        const read = [...left].filter(([, parts]) => parts.length > 0);
        assert.deepEqual(
          new Map([...progress.positions()].sort()),
          new Map(read.map(([shard, parts]) => [shard, String(parts.length)])),
        );
      }),
      { numRuns: 500 },
    );
  });
});
