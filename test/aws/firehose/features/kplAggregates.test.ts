import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { BinaryWriter } from "google-protobuf";
import { userRecords } from "../../../../aws/firehose/features/kplAggregates";
import type { SourceRecord } from "../../../../aws/firehose/source/streamSource";

interface UserRecord {
  readonly data?: Uint8Array;
  readonly partitionKeyIndex?: number;
  readonly explicitHashKeyIndex?: number;
  readonly tag?: string;
}

/** AggregatedRecord, by its field numbers. */
function message(
  records: readonly UserRecord[],
  partitionKeys: readonly string[] = ["key"],
): Uint8Array {
  const writer = new BinaryWriter();
  writer.writeRepeatedString(1, [...partitionKeys]);
  writer.writeRepeatedString(2, ["340282366920938463463374607431768211455"]);
  for (const record of records) writer.writeBytes(3, userRecord(record));
  return writer.getResultBuffer();
}

function userRecord({ data, partitionKeyIndex, explicitHashKeyIndex, tag }: UserRecord) {
  const writer = new BinaryWriter();
  writer.writeUint64(1, partitionKeyIndex);
  writer.writeUint64(2, explicitHashKeyIndex);
  writer.writeBytes(3, data);
  if (tag !== undefined) {
    const ofTag = new BinaryWriter();
    ofTag.writeString(1, tag);
    writer.writeBytes(4, ofTag.getResultBuffer());
  }
  return writer.getResultBuffer();
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash("md5").update(bytes).digest();
}

/** A record that contains these bytes in the format of the Kinesis Producer Library. */
function packed(bytes: Uint8Array, digest: Uint8Array = digestOf(bytes)): SourceRecord {
  const data = Buffer.concat([Buffer.from("f3899ac2", "hex"), bytes, digest]);
  return { data, arrival: 1_700_000_000_000, sequenceNumber: "49590" };
}

function strings(records: readonly SourceRecord[]): readonly string[] {
  return records.map(({ data }) => Buffer.from(data).toString());
}

describe("userRecords", () => {
  const one = { data: Buffer.from("one"), partitionKeyIndex: 0 };

  it("splits an aggregated record into parts that keep its number and arrival", () => {
    const record = packed(
      message(
        [
          one,
          { data: Buffer.alloc(0), partitionKeyIndex: 1, explicitHashKeyIndex: 0 },
          { data: Buffer.from("größe"), partitionKeyIndex: 0, tag: "t" },
        ],
        ["a", "b"],
      ),
    );
    const parts = userRecords(record);
    assert.deepEqual(strings(parts), ["one", "", "größe"]);
    assert.deepEqual(
      parts.map(({ arrival, sequenceNumber, endsRecord }) => [arrival, sequenceNumber, endsRecord]),
      [
        [record.arrival, "49590", false],
        [record.arrival, "49590", false],
        [record.arrival, "49590", undefined],
      ],
    );
  });

  it("returns whatever was packed, at any offset in memory", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 20 }),
        fc.nat(9),
        (all, offset) => {
          const record = packed(message(all.map((data) => ({ data, partitionKeyIndex: 0 }))));
          const page = Buffer.concat([Buffer.alloc(offset), record.data, Buffer.alloc(3)]);
          const data = page.subarray(offset, offset + record.data.length);
          assert.deepEqual(
            userRecords({ ...record, data }).map((part) => Buffer.from(part.data)),
            all.map((bytes) => Buffer.from(bytes)),
          );
        },
      ),
    );
  });

  it("returns any other record unchanged", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (data) => {
        const record = { data, arrival: 1, sequenceNumber: "1" };
        const parts = userRecords(record);
        assert.equal(parts.length, 1);
        assert.equal(parts[0], record);
      }),
    );
  });

  const whole = message([one]);
  for (const [what, record] of [
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
    it(`returns a record unchanged that looks aggregated but ${what}`, () => {
      const parts = userRecords(record);
      assert.equal(parts.length, 1);
      assert.equal(parts[0], record);
    });
  }
});
