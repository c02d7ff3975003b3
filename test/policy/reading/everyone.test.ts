import assert from "node:assert/strict";
import { allowsEveryone } from "../../../policy/reading/everyone";
import { readPolicyDocument } from "../../../policy/reading/readPolicyDocument";
import { UNKNOWN } from "../../../policy/reading/value";
import type { Value } from "../../../policy/reading/value";

const keys = ["aws:PrincipalOrgID", "aws:SourceArn", "aws:SourceIp"];
const open = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

function answer(statement: Value): boolean | typeof UNKNOWN | undefined {
  const [read] = readPolicyDocument({ Statement: [statement] })?.statements ?? [];
  return read && allowsEveryone(read, keys);
}

const narrowed = (operator: string, key: string, value: Value): Value => ({
  ...open,
  Condition: { [operator]: { [key]: value } },
});

describe("a statement allows everyone", () => {
  const cases: readonly (readonly [string, Value, boolean | typeof UNKNOWN])[] = [
    ["that names everyone", open, true],
    ["that names every account", { ...open, Principal: { AWS: ["*"] } }, true],
    ["that names all but some", { ...open, Principal: UNKNOWN, NotPrincipal: { AWS: "1" } }, true],
    ["that denies", { ...open, Effect: "Deny" }, false],
    ["that names an account", { ...open, Principal: { AWS: "123456789012" } }, false],
    ["that names a service", { ...open, Principal: { Service: "logs.amazonaws.com" } }, false],
    ["of an organization", narrowed("StringEquals", "aws:PrincipalOrgID", "o-1"), false],
    ["of a key in another case", narrowed("StringEquals", "AWS:principalorgid", ["o-1"]), false],
    [
      "of some organization",
      narrowed("ForAnyValue:StringEquals", "aws:PrincipalOrgID", "o-1"),
      false,
    ],
    ["of any organization", narrowed("StringLike", "aws:PrincipalOrgID", "o-*"), true],
    [
      "of one organization or any",
      narrowed("StringLike", "aws:PrincipalOrgID", ["o-1", "*"]),
      true,
    ],
    ["of no organization", narrowed("StringEquals", "aws:PrincipalOrgID", []), true],
    ["of all but one", narrowed("StringNotEquals", "aws:PrincipalOrgID", "o-1"), true],
    ["if the key is there", narrowed("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"), true],
    ["of other keys", narrowed("StringEquals", "aws:UserAgent", "curl"), true],
    ["of a role", narrowed("ArnLike", "aws:SourceArn", "arn:aws:iam::123456789012:role/*"), false],
    [
      "of a name in any account",
      narrowed("ArnLike", "aws:SourceArn", "arn:aws:iam::*:role/a"),
      true,
    ],
    ["of a bucket", narrowed("ArnLike", "aws:SourceArn", "arn:aws:s3:::lake"), false],
    ["of any bucket", narrowed("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"), true],
    ["of a network", narrowed("IpAddress", "aws:SourceIp", "192.0.2.0/24"), false],
    [
      "of every network",
      narrowed("IpAddress", "aws:SourceIp", ["192.0.2.0/24", "0.0.0.0/0"]),
      true,
    ],
    [
      "of an unknown organization",
      narrowed("StringEquals", "aws:PrincipalOrgID", UNKNOWN),
      UNKNOWN,
    ],
    ["of an unknown condition", { ...open, Condition: UNKNOWN }, UNKNOWN],
    ["of an unknown principal", { ...open, Principal: UNKNOWN }, UNKNOWN],
    ["of an unknown effect", { ...open, Effect: UNKNOWN }, UNKNOWN],
    ["of which nothing is known", UNKNOWN, UNKNOWN],
  ];
  for (const [title, statement, expected] of cases) {
    it(`${title}: ${String(expected)}`, () => {
      assert.equal(answer(statement), expected);
    });
  }
});
