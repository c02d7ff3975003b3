import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonText, printable, printableLines, printableText } from "../../../cli/reports/printable";

describe("printable", () => {
  for (const [what, text, expected] of [
    ["terminal escapes", "\u001b[2Jkey\u009b31m\u0007", "\\x1b[2Jkey\\x9b31m\\x07"],
    ["line ends and tabs", "a\r\nb\tc\u2028d", "a\\r\\nb\\tc\\u2028d"],
    ["marks that reverse the text", "a\u202egz.exe\u2066", "a\\u202egz.exe\\u2066"],
    ["a command of a CI log", "::error::stolen", "\\x3a:error::stolen"],
    ["an indented command of a CI log", "  ::add-mask::a", "  \\x3a:add-mask::a"],
    ["an old command of a CI log", "x ##[error]y", "x #\\x23[error]y"],
    ["a command of other CI systems", "##vso[x] ##TeamCity[y]", "#\\x23vso[x] #\\x23TeamCity[y]"],
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

describe("printableText", () => {
  const red = "\u001b[31mred\u001b[39m";

  it("keeps the colors of reports, or leaves them out where there may be none", () => {
    assert.equal(printableText(`${red}\tend\r\n`, true), `${red}\tend\n`);
    assert.equal(printableText(`${red}\tend\r\n`, false), "red\tend\n");
  });

  it("makes every other escape visible", () => {
    for (const hasColors of [true, false])
      assert.equal(
        printableText("\u001b[8mhidden\u001b[2J\u001b]0;title\u0007\r", hasColors),
        "\\x1b[8mhidden\\x1b[2J\\x1b]0;title\\x07\\r",
      );
  });

  it("takes the reset of all styles for a color, as programs write it", () => {
    const reset = "\u001b[0m";
    assert.equal(printableText(`${reset}a${reset}`, true), `${reset}a${reset}`);
    assert.equal(printableText(`${reset}a${reset}`, false), "a");
  });

  it("breaks a command after colors and indentation, in every line", () => {
    assert.equal(
      printableText("a\n \u001b[31m ::error::b\u001b[39m", true),
      "a\n \u001b[31m \\x3a:error::b\u001b[39m",
    );
  });

  it("changes nothing the second time", () => {
    const piece = fc.constantFrom(":", "#", "[", " ", "\n", "\t", "\u001b[31m", "\u001b", "vso");
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, hasColors) => {
        const text = printableText(pieces.join(""), hasColors);
        assert.equal(printableText(text, hasColors), text);
        assert.doesNotMatch(text.replaceAll("\u001b[31m", ""), /[^\P{Cc}\n\t]/u);
        assert.doesNotMatch(text, /##(vso)?\[/u);
        if (hasColors) return;
        assert.ok(!text.includes("\u001b"));
        assert.doesNotMatch(text, /^\s*::/mu);
      }),
    );
  });
});

describe("jsonText", () => {
  it("keeps the data exactly, and is as harmless as other output", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    const hostile = fc.constantFrom(
      "##[error]x",
      "\u009b31m",
      "\u202e",
      "\u2028",
      '\\"##[',
      "\\##vso[",
    );
    const value = fc.oneof(text, hostile);
    fc.assert(
      fc.property(fc.dictionary(value, fc.array(value)), (data) => {
        const json = jsonText(data);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(data)));
        assert.equal(printableText(json, false), json);
      }),
    );
  });
});
