import assert from "node:assert/strict";
import { readTimestampPattern } from "../../../components/prefix/timestampPattern";

describe("readTimestampPattern", () => {
  for (const [pattern, ...printed] of [
    ["yyyy/MM", "yyyy", "/", "MM"],
    ["yyyy'T''o'HH", "yyyy", "T'o", "HH"],
    ["''d'M'", "'", "d", "M"],
    ["'a''b''c'", "a'b'c"],
    ["dd[.HH[é]]", "dd", ".", "HH", "é"],
  ] as const) {
    it(`splits ${pattern} into what is printed`, () => {
      const { parts, fields, problems } = readTimestampPattern(pattern);
      assert.deepEqual(
        parts.map((part) => ("text" in part ? part.text : part.letter.repeat(part.count))),
        printed,
      );
      assert.deepEqual(
        fields,
        parts.filter((part) => "letter" in part),
      );
      assert.deepEqual(problems, []);
    });
  }
});
