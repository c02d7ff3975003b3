import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { compressLines, gzipRecord } from "../../../records/send/compressLines";
import { readRecords } from "../../../records/input/readRecords";
import { chunked, collect } from "../support/chunked";

describe("gzipRecord", () => {
  it("makes a GZIP member of a line, so that joined members are lines again", () => {
    const lines = ['{"a":1}', "ü", "x".repeat(200_000)];
    const joined = Buffer.concat(lines.map((line) => gzipRecord(Buffer.from(line))));
    assert.equal(gunzipSync(joined).toString(), lines.map((line) => `${line}\n`).join(""));
  });

  it("keeps a line that is compressed already", () => {
    const record = gzipSync("a\n");
    assert.equal(gzipRecord(record), record);
  });
});

describe("compressLines", () => {
  const input = Buffer.from('{"a":1}\n\n\xff\nb', "latin1");
  const read = () => readRecords(chunked(input));

  it("compresses records and keeps what they were, and passes on all other lines", async () => {
    const [plain, compressed] = [
      await collect(read()),
      await collect(compressLines(read(), "GZIP")),
    ];
    const unpacked = compressed.map((line) =>
      "data" in line
        ? { ...line, data: gunzipSync(line.data).toString(), plain: String(line.plain) }
        : line,
    );
    assert.deepEqual(
      unpacked,
      plain.map((line) =>
        "data" in line
          ? { ...line, data: `${String(line.data)}\n`, plain: String(line.data) }
          : line,
      ),
    );
    assert.equal(compressed.filter((line) => "data" in line).length, 2);
  });

  it("returns the same lines without a compression", async () => {
    assert.deepEqual(await collect(compressLines(read(), "none")), await collect(read()));
  });
});
