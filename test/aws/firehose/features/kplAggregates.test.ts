import assert from "node:assert/strict";
import fc from "fast-check";
import { userRecords } from "../../../../aws/firehose/features/kplAggregates";
import { digestOf, message, packed } from "../support/aggregate";

describe("userRecords", () => {
  const one = { data: Buffer.from("one"), partitionKeyIndex: 0 };

  it("returns the data and the partition key of every user record, in order", () => {
    const aggregate = packed(
      message(
        [
          one,
          { data: Buffer.alloc(0), partitionKeyIndex: 1, explicitHashKeyIndex: 0 },
          { data: Buffer.from("größe"), partitionKeyIndex: 0, tag: "t" },
        ],
        ["a", "b"],
      ),
    );
    const strings = userRecords(aggregate)?.map(({ data, partitionKey }) => [
      Buffer.from(data).toString(),
      partitionKey,
    ]);
    assert.deepEqual(strings, [
      ["one", "a"],
      ["", "b"],
      ["größe", "a"],
    ]);
  });

  it("returns whatever was packed, at any offset in memory", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }),
        fc.nat(9),
        (all, offset) => {
          const aggregate = packed(message(all.map((data) => ({ data, partitionKeyIndex: 0 }))));
          const page = Buffer.concat([Buffer.alloc(offset), aggregate, Buffer.alloc(3)]);
          assert.deepEqual(
            userRecords(page.subarray(offset, offset + aggregate.length))?.map(({ data }) =>
              Buffer.from(data),
            ),
            all.map((bytes) => Buffer.from(bytes)),
          );
        },
      ),
    );
  });

  it("finds no user records in any other data", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        assert.equal(userRecords(data), undefined);
      }),
    );
  });

  const whole = message([one]);
  for (const [what, data] of [
    ["has another digest", packed(whole, Buffer.alloc(16))],
    ["is truncated", packed(whole, digestOf(whole).subarray(1))],
    ["is only the magic number", packed(Buffer.alloc(0), Buffer.alloc(0))],
    ["contains no message", packed(Buffer.from("no protobuf"))],
    ["contains a truncated message", packed(whole.subarray(0, -1))],
    ["contains no user record", packed(message([]))],
    ["contains a user record without data", packed(message([one, { partitionKeyIndex: 0 }]))],
    ["contains a user record without a key", packed(message([{ data: Buffer.from("one") }]))],
    ["refers to a missing key", packed(message([{ ...one, partitionKeyIndex: 1 }]))],
  ] as const) {
    it(`finds no user records in data that looks aggregated but ${what}`, () => {
      assert.equal(userRecords(data), undefined);
    });
  }
});
