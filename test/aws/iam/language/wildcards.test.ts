import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesPattern, patternString, wildPattern } from "../../../../aws/iam/language/wildcards";

const matches = (pattern: string, value: string): boolean =>
  matchesPattern(wildPattern(pattern), value);

/** An implementation that is independent of the matcher: an equivalent regular expression. */
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
    it(`"${pattern}" ${expected ? "matches" : "does not match"} "${value}"`, () => {
      assert.equal(matches(pattern, value), expected);
    });
  }

  it("wildcards match the same strings as a regular expression", () => {
    const stringOf = (alphabet: readonly string[]) =>
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
    const pattern = stringOf(["a", "b", ":", "/", ".", "*", "*", "?"]);
    fc.assert(
      fc.property(pattern, stringOf(["a", "b", ":", "/", "."]), (written, value) => {
        assert.equal(matches(written, value), oracle(written, value));
      }),
      { numRuns: 2000 },
    );
  });

  it("a pattern matches every string made by filling its wildcards", () => {
    const piece = fc.string({ maxLength: 5 }).map((value) => value.replace(/[*?]/gu, "x"));
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, piece)), (pieces) => {
        const pattern = pieces.map(([literal]) => `${literal}*`).join("");
        assert.ok(matches(pattern, pieces.flat().join("")));
      }),
    );
  });

  it("matching many wildcards does not take exponential time", () => {
    assert.equal(matches(`${"a*".repeat(50)}b`, "a".repeat(1000)), false);
  });

  it("wildcards are literal characters in pieces that are not wild", () => {
    const pattern = [...wildPattern("a*"), { value: "*?", wild: false }];
    assert.equal(matchesPattern(pattern, "abc*?"), true);
    assert.equal(matchesPattern(pattern, "abcde"), false);
    assert.equal(patternString(pattern), "a**?");
  });
});
