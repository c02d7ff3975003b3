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
  it("cuts objects that follow each other without anything in between", () => {
    assert.deepEqual(split('{"a":{"b":[1]}}{"c":2}[3]"d"'), [
      '{"a":{"b":[1]}}',
      '{"c":2}',
      "[3]",
      '"d"',
    ]);
  });

  it("does not stumble over braces and quotes within strings", () => {
    const first = '{"text":"}{ \\" ] \\\\"}';
    assert.deepEqual(split(`${first}{"b":1}`), [first, '{"b":1}']);
  });

  it("counts text that is no JSON as one record up to the end of its line", () => {
    assert.deepEqual(split('10.0.0.1 - "GET /" {x}\n{"a":1}plain'), [
      '10.0.0.1 - "GET /" {x}\n',
      '{"a":1}',
      "plain",
    ]);
  });

  it("takes an unfinished value as the last record", () => {
    assert.deepEqual(split('{"a":1}{"b":'), ['{"a":1}', '{"b":']);
  });

  it("finds no record in white space", () => {
    assert.deepEqual(split(" \r\n\t"), []);
  });

  it("hands on at most its bound of a record", () => {
    assert.deepEqual(split('{"a":"xxxxxxxxxx"}{}', [4], 6), ['{"a":"', "{}"]);
  });

  it("gives back any JSON values, whatever stands between them and however they are cut", () => {
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
          const texts = pieces.map(([each, , indent]) => JSON.stringify(each, null, indent));
          const text = pieces
            .map(([, between], index) => `${texts[index] ?? ""}${between}`)
            .join("");
          assert.deepEqual(split(text, lengths), texts);
        },
      ),
      { numRuns: 100 },
    );
  });
});
