import assert from "node:assert/strict";
import { RequestContext } from "../../../../aws/iam/accessRequest";
import {
  malformedVariables,
  substituteVariables,
} from "../../../../aws/iam/language/policyVariables";
import { matchesPattern, patternString } from "../../../../aws/iam/language/wildcards";

const context = new RequestContext({
  "aws:PrincipalAccount": "123456789012",
  "aws:PrincipalTag/cost center": "lake*",
  "aws:TagKeys": ["a", "b"],
  "aws:username": [],
});

function substituted(written: string): string | undefined {
  const { pattern } = substituteVariables(written, "2012-10-17", context) ?? {};
  return pattern && patternString(pattern);
}

describe("policy variables", () => {
  for (const [written, expected] of [
    ["raw/${aws:PrincipalAccount}/x", "raw/123456789012/x"],
    ["${AWS:principalaccount}", "123456789012"],
    ["${aws:PrincipalTag/cost center}", "lake*"],
    ["${aws:PrincipalAccount}-${aws:PrincipalAccount}", "123456789012-123456789012"],
    ["${aws:username, 'nobody'}", "nobody"],
    ["${aws:username, ''}", ""],
    ["${aws:PrincipalAccount, 'nobody'}", "123456789012"],
    ["${$}{x}", "${x}"],
    ["no variable", "no variable"],
    ["$aws:username", "$aws:username"],
  ] as const) {
    it(`converts "${written}" to "${expected}"`, () => {
      assert.equal(substituted(written), expected);
    });
  }

  it("returns undefined if the request has no value or several for a variable", () => {
    assert.equal(substituted("raw/${aws:username}"), undefined);
    assert.equal(substituted("${aws:TagKeys}"), undefined);
    assert.equal(substituted("${aws:TagKeys, 'x'}"), undefined);
  });

  it("leaves the place of an unknown value open", () => {
    const open = substituteVariables("raw/${aws:PrincipalTag/unit}/*", "2012-10-17", context);
    assert.ok(open);
    assert.equal(open.isKnown, false);
    assert.equal(matchesPattern(open.pattern, "raw/any/x"), true);
    assert.equal(matchesPattern(open.pattern, "log/any/x"), false);
    assert.equal(substituteVariables("raw/*", "2012-10-17", context)?.isKnown, true);
  });

  it("treats variables as literal characters in version 2008-10-17", () => {
    const { pattern } = substituteVariables("${aws:PrincipalAccount}", "2008-10-17", context) ?? {};
    assert.equal(pattern && patternString(pattern), "${aws:PrincipalAccount}");
    assert.deepEqual(malformedVariables("${", "2008-10-17"), []);
  });

  it("treats wildcards in the values of variables as literal characters", () => {
    const { pattern } =
      substituteVariables("*/${aws:PrincipalTag/cost center}", "2012-10-17", context) ?? {};
    assert.ok(pattern);
    assert.equal(matchesPattern(pattern, "raw/lake*"), true);
    assert.equal(matchesPattern(pattern, "raw/lakeside"), false);
  });

  it("reads ${*} and ${?} as literal wildcard characters", () => {
    const { pattern } = substituteVariables("a${*}${?}*", "2012-10-17", context) ?? {};
    assert.ok(pattern);
    assert.equal(matchesPattern(pattern, "a*?b"), true);
    assert.equal(matchesPattern(pattern, "aXYb"), false);
  });

  it("lists malformed variables", () => {
    const written = "${*}${}${username}${aws:x, nobody}${aws:x";
    assert.deepEqual(malformedVariables(written, "2012-10-17"), [
      "${}",
      "${username}",
      "${aws:x, nobody}",
      "${aws:x",
    ]);
  });
});
