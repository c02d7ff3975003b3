import assert from "node:assert/strict";
import fc from "fast-check";
import { indentJson } from "../../../../cli/local/page/objectPreview";

describe("indenting JSON", () => {
  it("prints as JSON.stringify does, however it was written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("", " ", "\t", "    "), (value, space) => {
        const indented = indentJson(` ${JSON.stringify(value, null, space)}\n`);
        assert.equal(indented, JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps values as they are written", () => {
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

  it("leaves what is not JSON alone", () => {
    for (const text of ["", "{", '{"a":1}{"b":2}', "<b>bold</b>", "1,2"])
      assert.equal(indentJson(text), undefined, text);
  });
});
