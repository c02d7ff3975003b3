import assert from "node:assert/strict";
import fc from "fast-check";
import { JsonSplitter } from "../../../records/verify/jsonSplitter";

function split(text: string, lengths: readonly number[] = [], maxBytes = 1_000_000): string[] {
  const records: string[] = [];
  const splitter = new JsonSplitter(maxBytes, (record) => {
    records.push(Buffer.from(record).toString());
  });
  const bytes = Buffer.from(text);
  let start = 0;
  for (const length of lengths) {
    splitter.push(bytes.subarray(start, start + length));
    start += length;
  }
  splitter.push(bytes.subarray(start));
  splitter.end();
  return records;
}

describe("JsonSplitter", () => {
  it("splits consecutive values without anything between them", () => {
    assert.deepEqual(split('{"a":{"b":[1]}}{"c":2}[3]"d"'), [
      '{"a":{"b":[1]}}',
      '{"c":2}',
      "[3]",
      '"d"',
    ]);
  });

  it("ignores braces and quotes in strings", () => {
    const first = '{"text":"}{ \\" ] \\\\"}';
    assert.deepEqual(split(`${first}{"b":1}`), [first, '{"b":1}']);
  });

  it("treats text that is not JSON as one record up to the end of its line", () => {
    assert.deepEqual(split('10.0.0.1 - "GET /" {x}\n{"a":1}plain'), [
      '10.0.0.1 - "GET /" {x}\n',
      '{"a":1}',
      "plain",
    ]);
  });

  it("treats an unfinished value as the last record", () => {
    assert.deepEqual(split('{"a":1}{"b":'), ['{"a":1}', '{"b":']);
  });

  it("finds no records in white space", () => {
    assert.deepEqual(split(" \r\n\t"), []);
  });

  it("truncates a record at its limit", () => {
    assert.deepEqual(split('{"a":"xxxxxxxxxx"}{}', [4], 6), ['{"a":"', "{}"]);
  });

  it("restores any JSON values with any white space between them, for any chunks", () => {
    const value = fc.oneof(
      fc.array(fc.jsonValue(), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), { maxKeys: 4 }),
      fc.string({ unit: "binary" }),
    );
    const gap = fc.constantFrom("", "", "\n", " ", "\r\n");
    const layout = fc.constantFrom(undefined, 2);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, gap, layout), { maxLength: 6 }),
        fc.array(fc.nat(7)),
        (pieces, lengths) => {
          const values = pieces.map(([each, , indent]) => JSON.stringify(each, null, indent));
          const text = pieces
            .map(([, between], index) => `${values[index] ?? ""}${between}`)
            .join("");
          assert.deepEqual(split(text, lengths), values);
        },
      ),
      { numRuns: 100 },
    );
  });
});
