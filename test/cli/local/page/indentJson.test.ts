import assert from "node:assert/strict";
import fc from "fast-check";
import { indentJson } from "../../../../cli/local/page/objectPreview";

describe("indentJson", () => {
  it("formats like JSON.stringify, whatever the original whitespace", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("", " ", "\t", "    "), (value, space) => {
        const indented = indentJson(` ${JSON.stringify(value, null, space)}\n`);
        assert.equal(indented, JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps numbers, escapes and repeated keys as written", () => {
    const written = String.raw`{"a":12345678901234567890,"a":1.0,"b":"\u00e9\/\"{[,:","c":1E5}`;
    assert.equal(
      indentJson(written),
      String.raw`{
  "a": 12345678901234567890,
  "a": 1.0,
  "b": "\u00e9\/\"{[,:",
  "c": 1E5
}`,
    );
  });

  it("returns undefined for strings that are not JSON", () => {
    for (const text of ["", "{", '{"a":1}{"b":2}', "<b>bold</b>", "1,2"])
      assert.equal(indentJson(text), undefined, text);
  });
});
