import assert from "node:assert/strict";
import { RecordColumns } from "../../../records/query/recordColumns";

describe("the columns of records", () => {
  const members = (columns: RecordColumns, text: string): string | undefined =>
    columns.membersOf(Buffer.from(text));

  it("are their fields in the order in which they appear", () => {
    const columns = new RecordColumns([]);
    members(columns, '{"id":1,"at":"2026-11-22"}');
    members(columns, '{"tags":["a"],"id":2.5}');
    assert.deepEqual(columns.columns, [
      { name: "id", type: "DOUBLE" },
      { name: "at", type: "DATE" },
      { name: "tags", type: "VARCHAR[]" },
    ]);
  });

  it("leave the text of a record as it is, with all digits, on one line", () => {
    const text = '{ "id": 12345678901234567890,\n"text": "say \\"a\\": b" }';
    assert.equal(
      members(new RecordColumns([]), text),
      ' "id": 12345678901234567890, "text": "say \\"a\\": b" ',
    );
  });

  for (const text of ["hello", "[1]", '"x"', "1", '{"a":', "{'a':1}", '{"a":1}{"b":2}'])
    it(`do not exist for ${text}`, () => {
      const columns = new RecordColumns([]);
      assert.equal(members(columns, text), undefined);
      assert.deepEqual(columns.columns, []);
    });

  it("do not exist for bytes that are not UTF-8", () => {
    assert.equal(new RecordColumns([]).membersOf(Buffer.from('{"a":"\xff"}', "latin1")), undefined);
  });

  it("do not exist for JSON so deep that DuckDB would crash", () => {
    const deep = (levels: number) => `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    assert.notEqual(members(new RecordColumns([]), deep(199)), undefined);
    assert.equal(members(new RecordColumns([]), deep(200)), undefined);
    assert.equal(members(new RecordColumns([]), deep(100_000)), undefined);
  });

  it("have different names where keys differ only in case", () => {
    const columns = new RecordColumns(["_record"]);
    members(columns, '{"id":1}');
    assert.equal(
      members(columns, '{"ID":2,"id":3,"_record":4,"":5}'),
      '"ID_2":2,"id":3,"_record_2":4,"_":5',
    );
    assert.deepEqual(
      columns.columns.map(({ name }) => name),
      ["id", "ID_2", "_record_2", "_"],
    );
    assert.equal(members(columns, '{"id" : 1.0}'), '"id" : 1.0');
  });

  it("take the last of repeated keys, as JSON readers do", () => {
    assert.equal(members(new RecordColumns([]), '{"a":1,"a":2}'), '"a":2');
    assert.equal(members(new RecordColumns([]), '{"a":{"b":1,"b":2}}'), '"a":{"b":2}');
  });

  it("replace half of a surrogate pair, and nothing that looks like it", () => {
    const text = String.raw`{"a":"\ud800x","b":"\ud83d\ude00","c":"\\ud800"}`;
    assert.equal(
      members(new RecordColumns([]), text),
      String.raw`"a":"\ufffdx","b":"😀","c":"\\ud800"`,
    );
  });

  it("are at most 1,000", () => {
    const columns = new RecordColumns([]);
    const fields = Array.from({ length: 1001 }, (_, index) => [`f${index}`, index]);
    members(columns, JSON.stringify(Object.fromEntries(fields.slice(1))));
    assert.equal(columns.isComplete, true);
    members(columns, JSON.stringify(Object.fromEntries(fields)));
    assert.equal(columns.columns.length, 1000);
    assert.equal(columns.isComplete, false);
  });
});
