import assert from "node:assert/strict";
import fc from "fast-check";
import { printable, printableLines } from "../../../cli/reports/printable";

describe("printable", () => {
  for (const [what, text, expected] of [
    ["terminal escapes", "\u001b[2Jkey\u009b31m\u0007", "\\x1b[2Jkey\\x9b31m\\x07"],
    ["line ends and tabs", "a\r\nb\tc\u2028d", "a\\r\\nb\\tc\\u2028d"],
    ["marks that reverse the text", "a\u202egz.exe\u2066", "a\\u202egz.exe\\u2066"],
    ["a command of a CI log", "::error::stolen", "\\x3a:error::stolen"],
    ["an indented command of a CI log", "  ::add-mask::a", "  \\x3a:add-mask::a"],
    ["an old command of a CI log", "x ##[error]y", "x #\\x23[error]y"],
  ] as const)
    it(`makes ${what} visible`, () => {
      assert.equal(printable(text), expected);
    });

  it("leaves ordinary text as it is", () => {
    for (const text of [
      "raw/2026/03/01/a.gz",
      "Lambda.FunctionError",
      "arn:aws:s3:::b",
      "Zoë 日本 🙂",
    ])
      assert.equal(printable(text), text);
  });

  it("never returns a control character or a command", () => {
    const piece = fc.constantFrom(":", "#", "[", " ", "\n", "\u001b", "\u0085", "\u202e", "a");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = printable(pieces.join(""));
        assert.doesNotMatch(text, /\p{Cc}|\u202e|##\[/u);
        assert.ok(!text.trim().startsWith("::"), text);
      }),
    );
  });
});

describe("printableLines", () => {
  it("keeps line ends, and breaks a command in every line", () => {
    assert.equal(printableLines("a\n::error::b\r\nc"), "a\n\\x3a:error::b\\r\nc");
  });
});
