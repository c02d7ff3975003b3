import assert from "node:assert/strict";
import { createCipheriv } from "node:crypto";
import { unzipSync } from "fflate";
import fc from "fast-check";
import { uncompressSync } from "snappy";
import {
  type Compression,
  formats,
  isCompression,
} from "../../../../aws/firehose/packing/objectBody";
import { unpackObject } from "../../../../records/verify/readObject";
import { chunked, collect } from "../../../records/support/chunked";

const text = Buffer.from("one record after the other\n");
const blockBytes = 32 * 1024;

/** Bytes that cannot be compressed. */
const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(
  Buffer.alloc(34 * blockBytes),
);

async function unpacked(
  stored: Uint8Array,
  compression: Compression,
  lengths: readonly number[],
): Promise<Buffer> {
  const { contentEncoding } = formats[compression];
  const object = {
    key: "object",
    body: chunked(stored, lengths),
    ...(contentEncoding !== undefined && { contentEncoding }),
  };
  return Buffer.concat(await collect(unpackObject(object)));
}

describe("formats", () => {
  it("uses AWS's extensions and Content-Encodings", () => {
    assert.deepEqual(
      Object.entries(formats).map(([name, format]) => [
        name,
        format.extension,
        format.contentEncoding,
      ]),
      [
        ["UNCOMPRESSED", "", undefined],
        ["GZIP", ".gz", "gzip"],
        ["ZIP", ".zip", "zip"],
        ["Snappy", ".snappy", "snappy-java"],
        ["HADOOP_SNAPPY", ".snappy", "hadoop-snappy"],
      ],
    );
  });

  it("distinguishes upper and lower case in format names", () => {
    assert.deepEqual(
      ["Snappy", "SNAPPY", "gzip", "toString", ""].map((name) => isCompression(name)),
      [true, false, false, false, false],
    );
  });

  for (const compression of Object.keys(formats).filter(isCompression)) {
    const { compress } = formats[compression];

    it(`writes ${compression} that decompresses to the original, read in any chunks`, async () => {
      // JSON never starts with the magic number of another format; other data may.
      const body = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from([0x7b, ...bytes]));
      const lengths = fc.array(fc.nat(40), { maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(body, lengths, async (bytes, chunkLengths) => {
          assert.deepEqual(await unpacked(await compress(bytes), compression, chunkLengths), bytes);
        }),
      );
    });

    it(`writes ${compression} for an empty body, and for sizes around one and many blocks`, async () => {
      for (const length of [0, 1, ...[1, 2, 32].flatMap(around)]) {
        for (const body of [Buffer.alloc(length, text), noise.subarray(0, length)]) {
          const stored = await compress(body);
          assert.ok((await unpacked(stored, compression, [7, 4096])).equals(body), `${length}`);
        }
      }
    });
  }

  it("writes ZIP with one deflated entry, named with a new UUID", async () => {
    const { compress } = formats.ZIP;
    const archives = [await compress(text), await compress(text)];
    const names = archives.map((archive) => {
      const entries = Object.entries(unzipSync(archive));
      assert.deepEqual(
        entries.map(([, data]) => Buffer.from(data)),
        [text],
      );
      assert.equal(Buffer.from(archive).readUInt16LE(8), 8);
      return entries[0]?.[0] ?? "";
    });
    for (const name of names) {
      assert.match(name, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    assert.notEqual(names[0], names[1]);
  });

  it("writes Snappy with snappy-java's header, and each block with its compressed length", async () => {
    const stored = Buffer.from(await formats.Snappy.compress(Buffer.from("foobar\n")));
    // As snappy-java writes these bytes.
    assert.equal(
      stored.toString("hex"),
      "82534e41505059000000000100000001" + "00000009" + "0718666f6f6261720a",
    );
    assert.equal((await formats.Snappy.compress(Buffer.alloc(0))).length, 16);
  });

  it("writes HADOOP_SNAPPY with both lengths before each block of 32 KiB", async () => {
    const body = Buffer.alloc(blockBytes + 5, text);
    const stored = Buffer.from(await formats.HADOOP_SNAPPY.compress(body));
    const first = stored.readUInt32BE(4);
    assert.equal(stored.readUInt32BE(0), blockBytes);
    assert.deepEqual(uncompressSync(stored.subarray(8, 8 + first)), body.subarray(0, blockBytes));
    const second = stored.subarray(8 + first);
    assert.equal(second.readUInt32BE(0), 5);
    assert.equal(second.readUInt32BE(4), second.length - 8);
    assert.deepEqual(uncompressSync(second.subarray(8)), body.subarray(blockBytes));
    assert.equal((await formats.HADOOP_SNAPPY.compress(Buffer.alloc(0))).length, 0);
  });
});

/** Sizes around a number of blocks. */
function around(blocks: number): readonly number[] {
  return [-1, 0, 1].map((difference) => blocks * blockBytes + difference);
}
