import assert from "node:assert/strict";
import { fillIn, malformedVariables } from "../../../../aws/iam/language/policyVariables";
import { RequestContext } from "../../../../aws/iam/accessRequest";
import { matchesPattern, patternText } from "../../../../aws/iam/language/wildcards";

const context = new RequestContext({
  "aws:PrincipalAccount": "123456789012",
  "aws:PrincipalTag/cost center": "lake*",
  "aws:TagKeys": ["a", "b"],
});

function filled(text: string): string | undefined {
  const pattern = fillIn(text, "2012-10-17", context);
  return pattern && patternText(pattern);
}

describe("policy variables", () => {
  for (const [text, expected] of [
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
    it(`turn ${text} into "${expected}"`, () => {
      assert.equal(filled(text), expected);
    });
  }

  it("stand for nothing if the request has no value, or several", () => {
    assert.equal(filled("raw/${aws:username}"), undefined);
    assert.equal(filled("${aws:TagKeys}"), undefined);
    assert.equal(filled("${aws:TagKeys, 'x'}"), undefined);
  });

  it("are mere text in version 2008-10-17", () => {
    const pattern = fillIn("${aws:PrincipalAccount}", "2008-10-17", context);
    assert.equal(pattern && patternText(pattern), "${aws:PrincipalAccount}");
    assert.deepEqual(malformedVariables("${", "2008-10-17"), []);
  });

  it("bring no wildcards with their values", () => {
    const pattern = fillIn("*/${aws:PrincipalTag/cost center}", "2012-10-17", context);
    assert.ok(pattern);
    assert.equal(matchesPattern(pattern, "raw/lake*"), true);
    assert.equal(matchesPattern(pattern, "raw/lakeside"), false);
  });

  it("write wildcards that are mere characters", () => {
    const pattern = fillIn("a${*}${?}*", "2012-10-17", context);
    assert.ok(pattern);
    assert.equal(matchesPattern(pattern, "a*?b"), true);
    assert.equal(matchesPattern(pattern, "aXYb"), false);
  });

  it("are told to be malformed", () => {
    const text = "${*}${}${username}${aws:x, nobody}${aws:x";
    assert.deepEqual(malformedVariables(text, "2012-10-17"), [
      "${}",
      "${username}",
      "${aws:x, nobody}",
      "${aws:x",
    ]);
  });
});
