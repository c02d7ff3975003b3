import assert from "node:assert/strict";
import { zipSync } from "fflate";
import { compressSync } from "snappy";
import { formats } from "../../../../aws/firehose/packing/objectBody";
import type { LakeObject } from "../../../../records/verify/lakeClient";
import { unpackObject } from "../../../../records/verify/readObject";
import { chunked, collect } from "../../support/chunked";

const lines = Buffer.from('{"a":1}\n{"b":2}\n{"b":2}\n{"b":2}\n');
const { ZIP, Snappy, HADOOP_SNAPPY } = formats;

async function unpacked(stored: Uint8Array, object: Partial<LakeObject> = {}): Promise<Buffer> {
  const body = chunked(stored, [3, 10]);
  return Buffer.concat(await collect(unpackObject({ key: "object", body, ...object })));
}

const hadoop = { contentEncoding: "hadoop-snappy" };

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

describe("unpackObject", () => {
  it("returns content without a known first byte sequence as it is", async () => {
    for (const text of ["", "P", "PK", "{}", "\u0082SNAPPY"]) {
      assert.equal((await unpacked(Buffer.from(text))).toString(), text);
    }
  });

  it("detects HADOOP_SNAPPY by Content-Encoding, or without one by extension", async () => {
    const stored = await HADOOP_SNAPPY.compress(lines);
    assert.deepEqual(await unpacked(stored, { key: "a.log", ...hadoop }), lines);
    assert.deepEqual(await unpacked(stored, { key: "a.snappy" }), lines);
    const other = { key: "a.snappy", contentEncoding: "identity" };
    assert.deepEqual(await unpacked(stored, other), stored);
  });

  it("detects a snappy-java stream with the extension that both Snappy formats share", async () => {
    assert.deepEqual(await unpacked(await Snappy.compress(lines), { key: "a.snappy" }), lines);
  });

  it("reads all entries of a ZIP archive", async () => {
    const archive = zipSync({ one: lines, two: Buffer.from("more") });
    assert.deepEqual(await unpacked(archive), Buffer.concat([lines, Buffer.from("more")]));
  });

  it("rejects a ZIP entry that is not deflated", async () => {
    const archive = zipSync({ one: lines }, { level: 0 });
    await assert.rejects(unpacked(archive), {
      message: "ZIP entry with compression method 0, not 8",
    });
  });

  it("rejects a ZIP archive that is larger than Firehose writes, and reads no more of it", async () => {
    const piece = Buffer.alloc(1024 * 1024);
    let pieces = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("PK\u0003\u0004PK\u0003\u0004");
      for (; ; pieces += 1) yield await Promise.resolve(piece);
    }
    await assert.rejects(collect(unpackObject({ key: "a.zip", body: endless() })), {
      message: "damaged ZIP archive: it is larger than Firehose writes (144 MiB)",
    });
    assert.equal(pieces, 144 - 1);
  });

  it("rejects a ZIP archive that is truncated anywhere", async () => {
    const archive = await ZIP.compress(lines);
    for (let length = 4; length < archive.length; length += 1) {
      await assert.rejects(unpacked(archive.subarray(0, length)), /unexpected end of file/);
    }
  });

  it("rejects a ZIP archive with a damaged entry", async () => {
    const archive = Buffer.from(zipSync({ one: lines }));
    const start = 30 + "one".length;
    for (const position of [start, start + 8, archive.indexOf("PK\x01\x02") + 16]) {
      const damaged = Buffer.from(archive);
      damaged[position] = (damaged[position] ?? 0) ^ 0xff;
      await assert.rejects(unpacked(damaged), { code: "Z_DATA_ERROR" });
    }
  });

  for (const [name, format, header] of [
    ["Snappy", Snappy, 16],
    ["HADOOP_SNAPPY", HADOOP_SNAPPY, 0],
  ] as const) {
    const object = name === "HADOOP_SNAPPY" ? hadoop : {};

    it(`rejects ${name} that is truncated within a block`, async () => {
      const stored = await format.compress(lines);
      for (let length = header + 1; length < stored.length; length += 1) {
        await assert.rejects(unpacked(stored.subarray(0, length), object), {
          message: "damaged Snappy object: unexpected end of file",
        });
      }
    });

    it(`rejects ${name} with a damaged block`, async () => {
      const stored = Buffer.from(await format.compress(lines));
      // The length, at the start of a raw block.
      const position = stored.indexOf(compressSync(lines));
      stored[position] = (stored[position] ?? 0) + 1;
      await assert.rejects(unpacked(stored, object), /corrupt input/);
    });
  }

  it("rejects lengths that would fill the memory", async () => {
    const huge = 16 * 1024 * 1024 + 1;
    const message = `damaged Snappy object: a block of ${huge} bytes`;
    await assert.rejects(unpacked(uint32(huge), hadoop), { message });
    await assert.rejects(unpacked(Buffer.concat([uint32(1), uint32(huge)]), hadoop), { message });
    const block = Buffer.from("8180800800", "hex");
    const stored = Buffer.concat([uint32(1), uint32(block.length), block]);
    await assert.rejects(unpacked(stored, hadoop), { message });
  });

  it("reads Hadoop blocks in several parts, and empty blocks", async () => {
    const part = (text: string) => {
      const data = compressSync(text);
      return Buffer.concat([uint32(data.length), data]);
    };
    const stored = Buffer.concat([uint32(0), uint32(6), part("abc"), part("def"), uint32(0)]);
    assert.equal((await unpacked(stored, hadoop)).toString(), "abcdef");
    for (const parts of ["abcdefg", ""]) {
      const damaged = Buffer.concat([uint32(6), part(parts)]);
      await assert.rejects(unpacked(damaged, hadoop), {
        message: "damaged Snappy object: a block of another length",
      });
    }
  });

  it("closes a download that it does not read to its end", async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield await Promise.resolve(Buffer.alloc(64, 0xff));
      } finally {
        closed = true;
      }
    }
    const object = { key: "object", body: endless(), ...hadoop };
    await assert.rejects(collect(unpackObject(object)), /a block of 4294967295 bytes/);
    assert.ok(closed);
  });
});
