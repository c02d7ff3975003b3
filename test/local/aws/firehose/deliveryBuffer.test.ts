import assert from "node:assert/strict";
import fc from "fast-check";
import { DeliveryBuffer } from "../../../../local/aws/firehose/deliveryBuffer";
import { record, recordsOf } from "../support/records";

const hints = { sizeBytes: 100, intervalMilliseconds: 60_000 };

describe("DeliveryBuffer", () => {
  it("ends an object with the record that fills it", () => {
    const buffer = new DeliveryBuffer(hints);
    assert.deepEqual(buffer.add(recordsOf(33, 3), 0), []);
    const sealed = buffer.add(recordsOf(1, 2), 0);
    assert.deepEqual(
      sealed.map(({ records, bytes, reason }) => [records.length, bytes, reason]),
      [[4, 100, "size"]],
    );
  });

  it("counts the interval from the first record of each object", () => {
    const buffer = new DeliveryBuffer(hints);
    assert.equal(buffer.due, undefined);
    buffer.add(recordsOf(10, 1), 1000);
    buffer.add(recordsOf(10, 1), 30_000);
    assert.equal(buffer.due, 61_000);
    buffer.add(recordsOf(90, 1), 40_000);
    assert.equal(buffer.due, undefined);
    buffer.add(recordsOf(10, 1), 50_000);
    assert.equal(buffer.due, 110_000);
  });

  it("keeps nothing back when the interval is 0", () => {
    const buffer = new DeliveryBuffer({ ...hints, intervalMilliseconds: 0 });
    const sealed = buffer.add(recordsOf(60, 3), 0);
    assert.deepEqual(
      sealed.map(({ records, reason }) => [records.length, reason]),
      [
        [2, "size"],
        [1, "interval"],
      ],
    );
  });

  it("dates an object by its oldest record, which need not be the first", () => {
    const buffer = new DeliveryBuffer(hints);
    buffer.add([record("b", 2000), record("a", 1000), record("c", 3000)], 5000);
    assert.equal(buffer.seal("interval")[0]?.oldestArrival, 1000);
  });

  it("makes no empty objects", () => {
    assert.deepEqual(new DeliveryBuffer(hints).seal("shutdown"), []);
    assert.deepEqual(new DeliveryBuffer({ ...hints, intervalMilliseconds: 0 }).add([], 0), []);
  });

  it("gives every record once and in order, in objects below the size plus one record", () => {
    const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 20 }));
    fc.assert(
      fc.property(sizes, (pages) => {
        const buffer = new DeliveryBuffer(hints);
        let number = 0;
        const given = pages.map((page) =>
          page.map((size) => record("x".repeat(size), 0, number++)),
        );
        const sealed = given.flatMap((page) => buffer.add(page, 0));
        for (const { records, bytes } of sealed) {
          assert.ok(bytes >= 100 && bytes - (records.at(-1)?.data.length ?? 0) < 100);
        }
        const all = [...sealed, ...buffer.seal("shutdown")];
        assert.deepEqual(
          all.flatMap(({ records }) => records),
          given.flat(),
        );
      }),
    );
  });
});
