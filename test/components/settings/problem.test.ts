import assert from "node:assert/strict";
import { explainProblems, pathText, shownValue } from "../../../components/settings/problem";

describe("explainProblems", () => {
  it("writes a place as pulumi config accepts it", () => {
    const paths: [Parameters<typeof pathText>[0], string][] = [
      [["protect"], "protect"],
      [["stream", "retentionHours"], "stream.retentionHours"],
      [["bucket", "tiering", 0, "afterDays"], "bucket.tiering[0].afterDays"],
      [["tags", "aws:x"], 'tags["aws:x"]'],
      [["tags", 'a "b"'], 'tags["a \\"b\\""]'],
      [["tags", ""], 'tags[""]'],
      [["a b"], '["a b"]'],
      [["tags", "a\nb\u2028c"], 'tags["a\\nb\\u{2028}c"]'],
    ];
    for (const [path, written] of paths) assert.equal(pathText(path), written);
  });

  it("shows a single value, but only the kind of an object", () => {
    const values: [unknown, string][] = [
      [undefined, "missing"],
      [null, "null"],
      [24, "24"],
      [NaN, "NaN"],
      [-0, "0"],
      [10n, "10"],
      [false, "false"],
      ["", '""'],
      ['a "b"\n', '"a \\"b\\"\\n"'],
      ["a\u0085\u202eb\u{e0001}", '"a\\u{85}\\u{202e}b\\u{e0001}"'],
      [["hush", "hush"], "a list of 2"],
      [{ password: "hush" }, "an object"],
      [new Date(NaN), "an object"],
      [() => "hush", "a function"],
      [Symbol("hush"), "a symbol"],
    ];
    for (const [value, shown] of values) assert.equal(shownValue(value), shown);
  });

  it("shows at most one line of a value", () => {
    assert.equal(shownValue("x".repeat(80)), `"${"x".repeat(80)}"`);
    assert.equal(shownValue("x".repeat(81)), `"${"x".repeat(77)}..."`);
    assert.equal(shownValue("\n".repeat(50)).length, 82);
    assert.equal(shownValue(10n ** 100n).length, 80);
  });

  it("explains each problem with place, reason, what is allowed and how to fix it", () => {
    const problem = { path: ["stream", "retentionHours"], reason: "is 1", allowed: "24 or more" };
    const whose = { subject: "It", settings: "args" };
    assert.equal(
      explainProblems(whose, [problem]),
      "It has 1 problem in its args:\n\n  stream.retentionHours is 1\n    allowed: 24 or more",
    );
    assert.equal(
      explainProblems(
        whose,
        [problem, { ...problem, suggestion: 24 }],
        ({ suggestion }) => `set ${suggestion ?? "?"}`,
      ),
      [
        "It has 2 problems in its args:",
        "",
        "  stream.retentionHours is 1",
        "    allowed: 24 or more",
        "    fix:     set ?",
        "  stream.retentionHours is 1",
        "    allowed: 24 or more",
        "    fix:     set 24",
      ].join("\n"),
    );
  });
});
