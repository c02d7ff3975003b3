import assert from "node:assert/strict";
import fc from "fast-check";
import { grantsWholeService, namesNoResource } from "../../../policy/rules/iam/wildcardPatterns";
import { hasWildcard, isOnlyWildcards, matchesPattern } from "../../../policy/reading/wildcard";

/** Patterns and texts of few characters, so that many of them match. */
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 12 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 12 });
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);

describe("matching an IAM pattern", () => {
  it("agrees with the regular expression of the same meaning", () => {
    fc.assert(
      fc.property(pattern, text, (given, candidate) => {
        const expression = given.replaceAll("*", "[^]*").replaceAll("?", "[^]");
        assert.equal(
          matchesPattern(given, candidate),
          new RegExp(`^(?:${expression})$`).test(candidate),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no other character for special", () => {
    assert.equal(matchesPattern("a.c", "abc"), false);
    assert.equal(matchesPattern("[ab]", "a"), false);
    assert.equal(matchesPattern("a+(", "a+("), true);
  });

  it("answers for a pattern that makes a backtracking matcher hang", () => {
    assert.equal(matchesPattern(`${"a*".repeat(40)}b`, "a".repeat(2000)), false);
  });
});

describe("a pattern of nothing but wildcards", () => {
  it("matches every text that is long enough", () => {
    fc.assert(
      fc.property(pattern, (given) => {
        const matchesAnything = matchesPattern(given, "\u0000".repeat(given.length));
        assert.equal(isOnlyWildcards(given), given !== "" && matchesAnything);
      }),
    );
  });
});

describe("an action pattern", () => {
  it("grants a whole service when its name has only wildcards", () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[*?]{1,5}$/), (service, wildcards) => {
        assert.ok(grantsWholeService(`${service}:${wildcards}`));
        assert.ok(grantsWholeService(wildcards));
        assert.ok(grantsWholeService(`${wildcards}:Get`));
      }),
    );
  });

  it("is specific once its name has a character of its own", () => {
    fc.assert(
      fc.property(word, word, pattern, (service, name, rest) => {
        assert.equal(grantsWholeService(`${service}:${name}${rest}`), false);
      }),
    );
  });
});

describe("a resource pattern", () => {
  it("names a resource when it has no wildcard, whatever else it is", () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        fc.pre(!hasWildcard(given));
        assert.equal(namesNoResource(given), false);
      }),
    );
  });

  it("may end in a wildcard behind a concrete bucket", () => {
    fc.assert(
      fc.property(word, (name) => {
        assert.equal(namesNoResource(`arn:aws:s3:::${name}/*`), false);
        assert.equal(namesNoResource(`arn:*:s3:*:*:${name}*`), false);
      }),
    );
  });

  it("names none when account, region or kind are all that it says", () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[0-9]{12}$/), (region, account) => {
        assert.ok(namesNoResource(`arn:aws:kinesis:${region}:${account}:stream/*`));
        assert.ok(namesNoResource(`arn:aws:${region}:${region}:${account}:*`));
      }),
    );
  });
});
