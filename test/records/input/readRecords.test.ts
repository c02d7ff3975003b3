import assert from "node:assert/strict";
import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { MAX_DATA_BYTES, readRecords, type InputLine } from "../../../records/input/readRecords";
import { chunked, collect } from "../support/chunked";

async function read(input: string | Uint8Array, lengths?: readonly number[]): Promise<InputLine[]> {
  return collect(readRecords(chunked(Buffer.from(input), lengths)));
}

/** The data of each record as a string, "-" for other lines. */
function dataOf(lines: readonly InputLine[]): string[] {
  return lines.map((line) => ("data" in line ? Buffer.from(line.data).toString() : "-"));
}

/** The expected lines of the whole input. Latin-1 maps each byte to one character. */
function expectedLines(bytes: Uint8Array): string[] {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    const unmarked = index === 0 ? line.replace(/^\xef\xbb\xbf/, "") : line;
    const data = unmarked.replace(/\r$/, "");
    if (/^[ \t\r]*$/.test(data)) return "blank";
    return isUtf8(Buffer.from(data, "latin1")) ? `data ${data}` : "rejected";
  });
}

describe("readRecords", () => {
  it("returns one record per line, with LF or CRLF, or neither in the last line", async () => {
    const lines = await read('{"a":1}\r\n{"b":"ü"}\nlast');
    assert.deepEqual(dataOf(lines), ['{"a":1}', '{"b":"ü"}', "last"]);
    assert.deepEqual(
      lines.map(({ line }) => line),
      [1, 2, 3],
    );
  });

  it("marks blank lines, and counts them as lines", async () => {
    const lines = await read("one\n\n \t\r\ntwo\n");
    assert.deepEqual(dataOf(lines), ["one", "-", "-", "two"]);
    assert.deepEqual(lines[1], { line: 2, blank: true, readTo: 4 });
    assert.deepEqual(lines[2], { line: 3, blank: true, readTo: 4 });
  });

  it("removes a byte order mark only from the first record", async () => {
    assert.deepEqual(dataOf(await read("\ufeff{}\n\ufeff{}\n", [2])), ["{}", "\ufeff{}"]);
  });

  it("rejects a line that is not UTF-8, and continues", async () => {
    const input = Buffer.concat([
      Buffer.from("a\n"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("\nb"),
    ]);
    const lines = await read(input);
    assert.deepEqual(lines[1], { line: 2, rejected: "not UTF-8", readTo: 2 });
    assert.deepEqual(dataOf(lines), ["a", "-", "b"]);
  });

  it("accepts a record of exactly Kinesis's limit, and rejects a record above it", async () => {
    assert.equal(MAX_DATA_BYTES, 1_048_576 - 36);
    const largest = "x".repeat(MAX_DATA_BYTES);
    const lines = await read(
      `\ufeff${largest}\r\n${largest}\r\n${largest}y\n${largest}y\r\nok`,
      [9],
    );
    assert.deepEqual(
      lines.map((line) => ("data" in line ? line.data.length : line)),
      [
        MAX_DATA_BYTES,
        MAX_DATA_BYTES,
        {
          line: 3,
          readTo: 4,
          rejected:
            "1048541 bytes; Kinesis accepts at most 1048540 in addition to the partition key",
        },
        {
          line: 4,
          readTo: 4,
          rejected:
            "1048541 bytes; Kinesis accepts at most 1048540 in addition to the partition key",
        },
        2,
      ],
    );
  });

  it("continues after a line of 40 MiB in many chunks", async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      const piece = Buffer.alloc(1024 * 1024, "x");
      for (let index = 0; index < 40; index += 1) yield await Promise.resolve(piece);
      yield Buffer.from("\nnext\n");
    }
    const lines = await collect(readRecords(pieces()));
    assert.match(JSON.stringify(lines[0]), /41943040 bytes/);
    assert.deepEqual(dataOf(lines), ["-", "next"]);
  });

  for (const [kind, content] of [
    ["empty", ""],
    ["all blank", "\n \r\n\n"],
    ["nothing but a byte order mark", "\ufeff"],
  ] as const) {
    it(`rejects an input that is ${kind}, with the expected format`, async () => {
      await assert.rejects(collect(readRecords(chunked(Buffer.from(content)), "events.jsonl")), {
        message:
          "events.jsonl contains no records. Put one event on each line, for example as JSON.",
      });
    });
  }

  it("reports with each line how far the input has been read", async () => {
    const lines = await read("a\nb\nc\nd", [4]);
    assert.deepEqual(
      lines.map(({ line, readTo }) => [line, readTo]),
      [
        [1, 2],
        [2, 2],
        [3, 3],
        [4, 4],
      ],
    );
  });

  it("does not reject an input whose lines are all rejected", async () => {
    assert.equal((await read(Buffer.from([0xff]))).length, 1);
  });

  it("returns the same lines for any bytes and any chunks", async () => {
    const bytes = fc.uint8Array({ maxLength: 80 });
    const lineRich = fc
      .array(fc.constantFrom(0x0a, 0x0d, 0x20, 0x61, 0xc3, 0xa4, 0xef, 0xbb, 0xbf), {
        maxLength: 60,
      })
      .map((values) => Uint8Array.from(values));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(bytes, lineRich),
        fc.array(fc.nat(9), { maxLength: 12 }),
        async (input, lengths) => {
          const expected = expectedLines(input);
          const reading = read(input, lengths);
          if (expected.every((line) => line === "blank")) return assert.rejects(reading);
          const found = (await reading).map((line) => {
            if ("data" in line) return `data ${Buffer.from(line.data).toString("latin1")}`;
            return "rejected" in line ? "rejected" : "blank";
          });
          assert.deepEqual(found, expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
