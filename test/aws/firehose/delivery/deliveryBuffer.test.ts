import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type BufferingHints,
  DeliveryBuffer,
  type SealedBuffer,
} from "../../../../aws/firehose/delivery/deliveryBuffer";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";
import { deliverable, record, recordsOf } from "../../../local/support/records";

const hints: BufferingHints = { sizeBytes: 100, intervalMilliseconds: 60_000 };

function add(
  buffer: DeliveryBuffer,
  records: readonly SourceRecord[],
  now: number,
  shardId = "a",
): readonly SealedBuffer[] {
  return buffer.add(shardId, records.map(deliverable), now);
}

const bytesOf = ({ records }: SealedBuffer) =>
  records.reduce((sum, { data }) => sum + data.length, 0);

describe("DeliveryBuffer", () => {
  it("completes an object with the record that fills it", () => {
    const buffer = new DeliveryBuffer(hints);
    assert.deepEqual(add(buffer, recordsOf(33, 3), 0), []);
    assert.deepEqual([buffer.count, buffer.bytes], [3, 99]);
    const sealed = add(buffer, recordsOf(1, 2), 0);
    assert.deepEqual(
      sealed.map((one) => [one.records.length, bytesOf(one), one.reason]),
      [[4, 100, "size"]],
    );
    assert.deepEqual([buffer.count, buffer.bytes], [1, 1]);
  });

  it("saves the position of a dropped record with the next object", () => {
    const buffer = new DeliveryBuffer(hints);
    const dropped = { record: record("x", 0, 7), dropped: true } as const;
    buffer.add("a", [dropped], 0);
    assert.deepEqual([buffer.count, buffer.due], [0, undefined]);
    assert.deepEqual(buffer.seal("interval"), []);
    add(buffer, [record("y", 0, 3)], 0, "b");
    const [sealed] = buffer.seal("interval");
    assert.deepEqual(
      [...(sealed?.positions ?? [])],
      [
        ["a", "7"],
        ["b", "3"],
      ],
    );
  });

  it("measures the interval from the first record of each object", () => {
    const buffer = new DeliveryBuffer(hints);
    assert.equal(buffer.due, undefined);
    add(buffer, recordsOf(10, 1), 1000);
    add(buffer, recordsOf(10, 1), 30_000);
    assert.equal(buffer.due, 61_000);
    add(buffer, recordsOf(90, 1), 40_000);
    assert.equal(buffer.due, undefined);
    add(buffer, recordsOf(10, 1), 50_000);
    assert.equal(buffer.due, 110_000);
  });

  it("delivers everything at once when the interval is 0", () => {
    const buffer = new DeliveryBuffer({ ...hints, intervalMilliseconds: 0 });
    const sealed = add(buffer, recordsOf(60, 3), 0);
    assert.deepEqual(
      sealed.map(({ records, reason }) => [records.length, reason]),
      [
        [2, "size"],
        [1, "interval"],
      ],
    );
  });

  it("records the last record of each shard that an object completes", () => {
    const buffer = new DeliveryBuffer({ ...hints, sizeBytes: 3 });
    add(buffer, [record("x", 0, 1)], 0, "a");
    add(buffer, [record("x", 0, 7)], 0, "b");
    const [first] = add(buffer, [record("x", 0, 2), record("x", 0, 3)], 0, "a");
    assert.deepEqual(Object.fromEntries(first?.positions ?? []), { a: "2", b: "7" });
    const [rest] = buffer.seal("shutdown");
    assert.deepEqual(Object.fromEntries(rest?.positions ?? []), { a: "3" });
  });

  it("does not count a record as read while a part of it is missing", () => {
    const buffer = new DeliveryBuffer({ ...hints, sizeBytes: 2 });
    const part = (endsRecord: boolean): SourceRecord => ({ ...record("x", 0, 5), endsRecord });
    const [first] = add(buffer, [part(false), part(false), part(true)], 0);
    assert.equal(first?.positions.size, 0);
    assert.equal(buffer.seal("shutdown")[0]?.positions.get("a"), "5");
  });

  it("seals records and failures together", () => {
    const buffer = new DeliveryBuffer(hints);
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
    const [sealed] = buffer.add("a", [ok, failed], 0);
    assert.deepEqual([sealed?.records, sealed?.failures], [[ok], [failed]]);
    assert.equal(sealed?.positions.get("a"), "2");
  });

  it("never seals an empty buffer", () => {
    assert.deepEqual(new DeliveryBuffer(hints).seal("shutdown"), []);
    assert.deepEqual(add(new DeliveryBuffer({ ...hints, intervalMilliseconds: 0 }), [], 0), []);
  });

  it("returns every record once and in order, in objects below the size plus one record", () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 20 }));
    fc.assert(
      fc.property(sizes, (pages) => {
        const buffer = new DeliveryBuffer(hints);
        let number = 0;
        const given = pages.map((page) =>
          page.map((size) => record("x".repeat(size), 0, number++)),
        );
        const sealed = given.flatMap((page) => add(buffer, page, 0));
        for (const one of sealed) {
          const bytes = bytesOf(one);
          const last = one.records.at(-1)?.data.length ?? 0;
          assert.ok(bytes >= 100 && bytes - last < 100);
        }
        const all = [...sealed, ...buffer.seal("shutdown")];
        assert.deepEqual(
          all.flatMap(({ records }) => records.map((delivered) => delivered.record)),
          given.flat(),
        );
      }),
    );
  });
});
