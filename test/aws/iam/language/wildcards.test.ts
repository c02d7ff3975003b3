import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesPattern, patternText, wildPattern } from "../../../../aws/iam/language/wildcards";

const matches = (pattern: string, value: string): boolean =>
  matchesPattern(wildPattern(pattern), value);

/** Written apart from the matcher: a regular expression that says the same. */
function oracle(pattern: string, value: string): boolean {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}/-]/gu, "\\$&");
  const source = escaped.replace(/\*/gu, "[^]*").replace(/\?/gu, "[^]");
  return new RegExp(`^${source}$`, "u").test(value);
}

describe("wildcards", () => {
  for (const [pattern, value, expected] of [
    ["arn:aws:s3:::lake/*", "arn:aws:s3:::lake/raw/2026/01/31/x.gz", true],
    ["arn:aws:s3:::lake/*", "arn:aws:s3:::lake", false],
    ["arn:aws:s3:::lake/*", "arn:aws:s3:::lake-2/x", false],
    ["arn:aws:s3:::lake/*.gz", "arn:aws:s3:::lake/raw/x.gz.tmp", false],
    ["arn:aws:s3:::lake/*.gz", "arn:aws:s3:::lake/x.gz/y.gz", true],
    ["arn:aws:logs:*:log-stream:*", "arn:aws:logs:eu-central-1:1:log-group:g:log-stream:s", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a?c", "a😀c", true],
    ["*", "", true],
    ["?", "", false],
    ["", "", true],
    ["", "a", false],
    ["s3:Put*", "s3:put", false],
    ["a.c", "abc", false],
  ] as const) {
    it(`${expected ? "match" : "do not match"} "${value}" with "${pattern}"`, () => {
      assert.equal(matches(pattern, value), expected);
    });
  }

  it("agree with a regular expression", () => {
    const text = (alphabet: readonly string[]) =>
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    const pattern = text(["a", "b", ":", "/", ".", "*", "*", "?"]);
    fc.assert(
      fc.property(pattern, text(["a", "b", ":", "/", "."]), (written, value) => {
        assert.equal(matches(written, value), oracle(written, value));
      }),
      { numRuns: 2000 },
    );
  });

  it("find each text that comes from filling the wildcards", () => {
    const piece = fc.string({ maxLength: 5 }).map((text) => text.replace(/[*?]/gu, "x"));
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, piece)), (pieces) => {
        const pattern = pieces.map(([text]) => `${text}*`).join("");
        assert.ok(matches(pattern, pieces.flat().join("")));
      }),
    );
  });

  it("do not take exponential time", () => {
    assert.equal(matches(`${"a*".repeat(50)}b`, "a".repeat(1000)), false);
  });

  it("are mere characters in pieces that are not wild", () => {
    const pattern = [...wildPattern("a*"), { text: "*?", wild: false }];
    assert.equal(matchesPattern(pattern, "abc*?"), true);
    assert.equal(matchesPattern(pattern, "abcde"), false);
    assert.equal(patternText(pattern), "a**?");
  });
});
