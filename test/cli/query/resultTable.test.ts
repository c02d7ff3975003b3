import assert from "node:assert/strict";
import pc from "picocolors";
import { resultTable, textWidth } from "../../../cli/query/resultTable";
import type { QueryValue } from "../../../records/query/queryValue";

const colors = pc.createColors(false);

function table(
  names: readonly string[],
  rows: readonly (readonly QueryValue[])[],
  columns = 80,
): readonly string[] {
  const all = names.map((name) => ({ name, isNumber: false }));
  return resultTable(all, rows, { columns, colors }).split("\n");
}

describe("the table of a result", () => {
  it("cuts off the widest values, so that each line fits", () => {
    const lines = table(["key", "value"], [["a".repeat(50), "b".repeat(12)]], 40);
    assert.deepEqual(lines, [
      "key                         value",
      `${"-".repeat(26)}  ${"-".repeat(12)}`,
      `${"a".repeat(23)}...  ${"b".repeat(12)}`,
    ]);
    assert.ok(lines.every((line) => textWidth(line) <= 40));
  });

  it("lists the values of a row below each other if there are too many columns", () => {
    const names = Array.from({ length: 12 }, (_, index) => `column-${index}`);
    const lines = table(names, [names.map(() => "x".repeat(100))], 60);
    assert.equal(lines[0], "row 1");
    assert.equal(lines[1], `  column-0   ${"x".repeat(44)}...`);
    assert.equal(lines.length, 13);
    assert.ok(lines.every((line) => textWidth(line) <= 60));
  });

  it("counts the columns that a terminal needs for a character", () => {
    assert.equal(textWidth("abc"), 3);
    assert.equal(textWidth("日本"), 4);
    assert.equal(textWidth("e\u0301"), 1);
    assert.equal(textWidth("🎉"), 2);
    const [, , first, second] = table(
      ["a", "b"],
      [
        ["日本", "x"],
        ["abc", "x"],
      ],
    );
    assert.deepEqual([first, second], ["日本  x", "abc   x"]);
  });

  it("shows line ends and control characters as escapes, and nested values as JSON", () => {
    const [, , row] = table(["v", "n"], [["a\nb\u001b", { a: [1, null] }]]);
    assert.equal(row, 'a\\nb\\x1b  {"a":[1,null]}');
  });
});
