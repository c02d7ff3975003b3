import assert from "node:assert/strict";
import { deflateSync, gzipSync } from "node:zlib";
import { readObject, type Delimiter } from "../../../records/verify/readObject";
import { SeparatedMembers } from "../../../records/verify/unpack/gunzip";
import { chunked } from "../support/chunked";

const LINES = Buffer.from('{"a":1}\n{"b":"ü"}\n{"c":3}');

async function read(
  stored: Uint8Array,
  delimiter: Delimiter = "newline",
  lengths: readonly number[] = [],
  key = "object",
): Promise<{ records: string[]; storedBytes: number; bytes: number }> {
  const records: string[] = [];
  const { separable, ...size } = await readObject(
    { key, body: chunked(stored, lengths) },
    delimiter,
    (record) => {
      records.push(Buffer.from(record).toString());
    },
  );
  assert.equal(separable, true);
  return { records, ...size };
}

describe("readObject", () => {
  const records = ['{"a":1}', '{"b":"ü"}', '{"c":3}'];

  it("decompresses GZIP and reports both sizes", async () => {
    const stored = gzipSync(LINES);
    const expected = { records, storedBytes: stored.length, bytes: LINES.length };
    assert.deepEqual(await read(stored), expected);
    assert.deepEqual(await read(stored, "newline", [1, 1, 0, 5]), expected);
  });

  it("reads an uncompressed object as it is", async () => {
    assert.deepEqual(await read(LINES), {
      records,
      storedBytes: LINES.length,
      bytes: LINES.length,
    });
  });

  it("reads consecutive GZIP members as one object", async () => {
    const stored = Buffer.concat([gzipSync(LINES.subarray(0, 9)), gzipSync(LINES.subarray(9))]);
    assert.deepEqual((await read(stored)).records, records);
  });

  it("ignores empty lines from line feeds of the producer", async () => {
    assert.deepEqual((await read(Buffer.from("a\n\n\nb\n\n"))).records, ["a", "b"]);
  });

  it("splits JSON records without a delimiter", async () => {
    const stored = gzipSync(records.join(""));
    assert.deepEqual((await read(stored, "none")).records, records);
  });

  it("finds no records in an empty object or in one byte of white space", async () => {
    assert.deepEqual(await read(Buffer.alloc(0)), { records: [], storedBytes: 0, bytes: 0 });
    assert.deepEqual(await read(Buffer.from("\n")), { records: [], storedBytes: 1, bytes: 1 });
  });

  it("rejects a GZIP object that is truncated or damaged", async () => {
    const stored = gzipSync(LINES);
    await assert.rejects(read(stored.subarray(0, -6)), { code: "Z_BUF_ERROR" });
    const damaged = Buffer.from(stored);
    damaged.fill(0xaa, 10, 20);
    await assert.rejects(read(damaged), { code: "Z_DATA_ERROR" });
  });

  const appended: readonly [what: string, rest: Uint8Array, message: RegExp][] = [
    ["a damaged second member", damagedMember(), /bytes after the last GZIP member: \d/],
    ["a truncated second member", gzipSync(LINES).subarray(0, -6), /unexpected end of file/],
    ["bytes that begin with a zero", Buffer.from("\0appended"), /after the last GZIP member: 9$/],
    ["zeros", Buffer.alloc(512), /after the last GZIP member: 512$/],
    ["text", Buffer.from("appended"), /incorrect header check/],
  ];
  for (const [what, rest, message] of appended)
    it(`rejects ${what} after a whole GZIP member, however the bytes arrive`, async () => {
      const member = gzipSync(LINES);
      const stored = Buffer.concat([member, rest]);
      for (const lengths of [[], [member.length], [member.length, 1], [1], [5, 0, 1]])
        await assert.rejects(read(stored, "newline", lengths), { message });
    });

  it("reports newlines between GZIP members by name, however the bytes arrive", async () => {
    const members = records.map((record) => gzipSync(record));
    const stored = Buffer.concat(members.flatMap((member) => [member, Buffer.from("\n")]));
    const end = members[0]?.length ?? 0;
    const all = [[], [1], [end], [end, 1], [end + 1], [end, 2], [end, 3], [end + 3]];
    for (const lengths of all)
      await assert.rejects(read(stored, "newline", lengths), SeparatedMembers);
    // A newline alone is no sign of compressed records.
    const text = Buffer.concat([gzipSync(LINES), Buffer.from("\n\x1f and more")]);
    await assert.rejects(read(text), { code: "Z_DATA_ERROR" });
  });

  it("names the format in which records are themselves compressed", async () => {
    const packed = async (stored: Uint8Array, lengths: readonly number[] = []) => {
      const object = { key: "object", body: chunked(stored, lengths) };
      return (await readObject(object, "newline", () => undefined)).packed;
    };
    const twice = gzipSync(gzipSync(LINES));
    assert.deepEqual([await packed(twice), await packed(twice, [1])], ["GZIP", "GZIP"]);
    assert.equal(await packed(deflateSync(LINES)), "zlib");
    assert.equal(await packed(Buffer.from("28b52ffd00", "hex")), "Zstandard");
    for (const plain of [LINES, Buffer.from("x^2 and x"), gzipSync(LINES), Buffer.alloc(0)])
      assert.equal(await packed(plain), undefined);
  });

  for (const [key, content, message] of [
    ["a.gz", "", /unexpected end of file: the object is empty/],
    ["a.zip", "", /unexpected end of file: the object is empty/],
    ["a.gz", "garbage", /the object is not in the GZIP format/],
    ["a.gz", "\x1f", /the object is not in the GZIP format/],
    ["a.zip", "garbage", /the object is not in the ZIP format/],
  ] as const)
    it(`rejects ${JSON.stringify(content)} in an object named ${key}`, async () => {
      await assert.rejects(read(Buffer.from(content), "newline", [], key), { message });
    });

  it("passes on the content, and reports whether records could be distinguished", async () => {
    const contents: string[] = [];
    const readNone = (stored: string) =>
      readObject(
        { key: "object", body: chunked(Buffer.from(stored), [3]) },
        "none",
        () => undefined,
        (chunk) => contents.push(Buffer.from(chunk).toString()),
      );
    assert.equal((await readNone('{"a":1}[2]')).separable, true);
    assert.equal((await readNone("onetwo")).separable, false);
    assert.equal((await readNone('{"a":1}{"b"')).separable, false);
    assert.equal(contents.join(""), '{"a":1}[2]onetwo{"a":1}{"b"');
  });

  it("throws the error of the download", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(LINES).subarray(0, 8);
      await Promise.resolve();
      throw new Error("ECONNRESET");
    }
    await assert.rejects(
      readObject({ key: "object", body: broken() }, "newline", () => undefined),
      { message: "ECONNRESET" },
    );
  });
});

function damagedMember(): Buffer {
  const member = gzipSync(LINES);
  member[0] = 0;
  return member;
}
