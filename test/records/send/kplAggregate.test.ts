import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { userRecords } from "../../../aws/firehose/features/kplAggregates";
import {
  frameBytes,
  kplAggregate,
  packedBytes,
  packedKeyBytes,
} from "../../../records/send/kplAggregate";

const part = fc.record({
  data: fc.uint8Array({ maxLength: 300 }),
  partitionKey: fc.oneof(
    fc.constantFrom("a", "user-1", "ключ"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 256 }),
  ),
});

describe("kplAggregate", () => {
  it("is read back by Firehose's side with the data and the key of each record", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 50 }), (parts) => {
        const read = userRecords(kplAggregate(parts));
        assert.deepEqual(
          read?.map(({ data, partitionKey }) => [Buffer.from(data).toString("hex"), partitionKey]),
          parts.map(({ data, partitionKey }) => [Buffer.from(data).toString("hex"), partitionKey]),
        );
      }),
    );
  });

  it("is no larger than its parts are counted", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 50 }), (parts) => {
        const keys = new Set(parts.map(({ partitionKey }) => partitionKey));
        const counted =
          frameBytes +
          parts.reduce((sum, one) => sum + packedBytes(one), 0) +
          [...keys].reduce((sum, key) => sum + packedKeyBytes(key), 0);
        assert.ok(kplAggregate(parts).length <= counted);
      }),
    );
  });

  it("has the documented form: magic number, message, MD5", () => {
    const aggregate = kplAggregate([{ data: Buffer.from("one"), partitionKey: "k" }]);
    const message = aggregate.subarray(4, -16);
    // Field 1, a key; field 3, a record with its key's place in field 1 and its data in field 3.
    assert.equal(message.toString("hex"), "0a016b" + "1a07" + "0800" + "1a036f6e65");
    assert.equal(aggregate.subarray(0, 4).toString("hex"), "f3899ac2");
    assert.deepEqual(aggregate.subarray(-16), createHash("md5").update(message).digest());
  });
});
