import assert from "node:assert/strict";
import fc from "fast-check";
import {
  coversPattern,
  hasWildcard,
  isOnlyWildcards,
  matchesPattern,
  mayOverlap,
  patternsMeet,
} from "../../../policy/reading/wildcard";
import { grantsWholeService, namesNoResource } from "../../../policy/rules/iam/wildcardPatterns";

/** Patterns and values of few characters, so that many of them match. */
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 12 });
const value = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 12 });
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);

describe("whether two IAM patterns meet", () => {
  /** All strings of at most 6 characters; a string in common of two patterns of 4 is not longer. */
  const strings = Array.from({ length: 7 }, (_, length) =>
    Array.from({ length: 2 ** length }, (_, bits) =>
      Array.from({ length }, (_, at) => ((bits >> at) & 1 ? "a" : "b")).join(""),
    ),
  ).flat();
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 });

  it("is whether there is a string that both match", () => {
    fc.assert(
      fc.property(short, short, (one, other) => {
        const common = strings.some(
          (string) => matchesPattern(one, string) && matchesPattern(other, string),
        );
        assert.equal(patternsMeet(one, other), common);
      }),
      { numRuns: 1000 },
    );
  });

  it("does not depend on their order", () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        assert.equal(patternsMeet(one, other), patternsMeet(other, one));
      }),
    );
  });
});

describe("matching an IAM pattern", () => {
  it("agrees with the regular expression of the same meaning", () => {
    fc.assert(
      fc.property(pattern, value, (written, candidate) => {
        const expression = written.replaceAll("*", "[^]*").replaceAll("?", "[^]");
        assert.equal(
          matchesPattern(written, candidate),
          new RegExp(`^(?:${expression})$`).test(candidate),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("treats no other character as special", () => {
    assert.equal(matchesPattern("a.c", "abc"), false);
    assert.equal(matchesPattern("[ab]", "a"), false);
    assert.equal(matchesPattern("a+(", "a+("), true);
  });

  it("handles a pattern that makes a backtracking matcher hang", () => {
    assert.equal(matchesPattern(`${"a*".repeat(40)}b`, "a".repeat(2000)), false);
  });
});

describe("two IAM patterns", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
  const word = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 });

  it("cover each other only if one matches every string that the other matches", () => {
    fc.assert(
      fc.property(short, short, word, (one, other, candidate) => {
        fc.pre(coversPattern(one, other) && matchesPattern(other, candidate));
        assert.ok(matchesPattern(one, candidate));
      }),
      { numRuns: 1000 },
    );
  });

  it("may overlap if any string matches both", () => {
    fc.assert(
      fc.property(short, short, word, (one, other, candidate) => {
        fc.pre(matchesPattern(one, candidate) && matchesPattern(other, candidate));
        assert.ok(mayOverlap(one, other));
      }),
      { numRuns: 1000 },
    );
  });

  it("cover and overlap as policies are written", () => {
    assert.ok(coversPattern("s3:*", "s3:Get*"));
    assert.ok(coversPattern("s3:Get*", "s3:Get*"));
    assert.equal(coversPattern("s3:Get*", "s3:*"), false);
    assert.equal(coversPattern("s3:?", "s3:*"), false);
    assert.equal(mayOverlap("s3:Get*", "s3:Put*"), false);
    assert.equal(mayOverlap("s3:Get*", "s3:PutObject"), false);
  });
});

describe("a pattern of only wildcards", () => {
  it("matches every string that is long enough", () => {
    fc.assert(
      fc.property(pattern, (written) => {
        const matchesAnything = matchesPattern(written, "\u0000".repeat(written.length));
        assert.equal(isOnlyWildcards(written), written !== "" && matchesAnything);
      }),
    );
  });
});

describe("an action pattern", () => {
  it("grants a whole service if its name has only wildcards", () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[*?]{1,5}$/), (service, wildcards) => {
        assert.ok(grantsWholeService(`${service}:${wildcards}`));
        assert.ok(grantsWholeService(wildcards));
        assert.ok(grantsWholeService(`${wildcards}:Get`));
      }),
    );
  });

  it("is specific if its name contains any other character", () => {
    fc.assert(
      fc.property(word, word, pattern, (service, name, rest) => {
        assert.equal(grantsWholeService(`${service}:${name}${rest}`), false);
      }),
    );
  });
});

describe("a resource pattern", () => {
  it("names a resource if it has no wildcard", () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        fc.pre(!hasWildcard(written));
        assert.equal(namesNoResource(written), false);
      }),
    );
  });

  it("may end in a wildcard after a specific bucket", () => {
    fc.assert(
      fc.property(word, (name) => {
        assert.equal(namesNoResource(`arn:aws:s3:::${name}/*`), false);
        assert.equal(namesNoResource(`arn:*:s3:*:*:${name}*`), false);
      }),
    );
  });

  it("names no resource if it contains only account, Region or kind", () => {
    fc.assert(
      fc.property(word, fc.stringMatching(/^[0-9]{12}$/), (region, account) => {
        assert.ok(namesNoResource(`arn:aws:kinesis:${region}:${account}:stream/*`));
        assert.ok(namesNoResource(`arn:aws:${region}:${region}:${account}:*`));
      }),
    );
  });
});
