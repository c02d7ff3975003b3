import { cbor } from "@smithy/core/cbor";
import assert from "node:assert/strict";
import fc from "fast-check";
import { readCbor, writeCbor } from "../../../../aws/kinesis/endpoint/cborMessage";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("CBOR messages", () => {
  it("reads what was written", () => {
    const leaf = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
    );
    const message = fc.dictionary(
      fc.string(),
      fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf)),
    );
    fc.assert(
      fc.property(message, (value) => {
        const bytes = Buffer.from(cbor.serialize(value));
        assert.deepEqual(JSON.stringify(readCbor(bytes)), JSON.stringify(value));
      }),
    );
  });

  it("writes times as tagged milliseconds, bytes as byte strings, and no absent members", () => {
    const message = {
      Time: new Date(1_700_000_000_123),
      Data: Buffer.from([0, 255]),
      None: undefined,
    };
    const bytes = writeCbor(message);
    assert.equal(
      bytes.toString("hex"),
      Buffer.concat([
        hex("a2 64"),
        Buffer.from("Time"),
        hex("c1 1b 0000018bcfe5687b"),
        hex("64"),
        Buffer.from("Data"),
        hex("42 00ff"),
      ]).toString("hex"),
    );
    const read = readCbor(bytes) as typeof message;
    assert.deepEqual([read.Time, read.Data], [message.Time, message.Data]);
  });

  for (const [what, bytes, expected] of [
    [
      "indefinite lengths",
      "bf 61 61 9f 01 02 ff 61 62 5f 41 01 41 02 ff 61 63 7f 61 78 61 79 ff ff",
      { a: [1, 2], b: Buffer.from([1, 2]), c: "xy" },
    ],
    ["floats of all sizes", "83 f9 3c00 fa 3f800000 fb 3ff0000000000000", [1, 1, 1]],
    [
      "numbers of all sizes",
      "85 17 18ff 19ffff 1affffffff 3863",
      [23, 255, 65535, 4294967295, -100],
    ],
    ["undefined like null", "82 f6 f7", [null, null]],
  ] as const)
    it(`reads ${what}`, () => {
      assert.equal(JSON.stringify(readCbor(hex(bytes))), JSON.stringify(expected));
    });

  for (const [what, bytes] of [
    ["end too early", "a2 61 61 01"],
    ["announce a longer list than they have bytes", "9a ffffffff 01"],
    ["announce a longer map than they have bytes", "bb ffffffffffffffff"],
    ["announce a longer string than they have bytes", "7b 00ffffffffffffff"],
    ["continue after their end", "01 01"],
    ["are too deep", "81".repeat(40) + "01"],
    ["are too deep without lengths", "9f".repeat(40) + "ff".repeat(40)],
    ["are too deep in tags", "c2".repeat(40) + "01"],
    ["have a break outside", "82 01 ff"],
    ["have keys that are not strings", "a1 01 01"],
    ["are not UTF-8", "62 ff fe"],
    ["have unknown simple values", "e5"],
    ["mix parts of a string", "5f 41 01 61 78 ff"],
    ["are empty", ""],
  ] as const)
    it(`rejects messages that ${what}`, () => {
      assert.throws(() => readCbor(hex(bytes)));
    });

  it("gives no member a meaning in JavaScript", () => {
    const read = readCbor(hex("a1 69 5f5f70726f746f5f5f a1 61 61 01")) as object;
    assert.equal((read as { a?: unknown }).a, undefined);
  });
});
