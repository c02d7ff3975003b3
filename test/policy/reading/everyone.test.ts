import assert from "node:assert/strict";
import { allowsEveryone } from "../../../policy/reading/everyone";
import { readPolicyDocument } from "../../../policy/reading/readPolicyDocument";
import { UNKNOWN } from "../../../policy/reading/value";
import type { Value } from "../../../policy/reading/value";

const keys = ["aws:PrincipalOrgID", "aws:SourceArn", "aws:SourceIp"];
const publicRead = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

function answer(statement: Value): boolean | typeof UNKNOWN | undefined {
  const [read] = readPolicyDocument({ Statement: [statement] })?.statements ?? [];
  return read && allowsEveryone(read, keys, [read]);
}

const narrowed = (operator: string, key: string, value: Value): Value => ({
  ...publicRead,
  Condition: { [operator]: { [key]: value } },
});

describe("allowsEveryone", () => {
  const cases: readonly (readonly [string, Value, boolean | typeof UNKNOWN])[] = [
    ["a statement for everyone", publicRead, true],
    ["a statement for every account", { ...publicRead, Principal: { AWS: ["*"] } }, true],
    [
      "a statement for all but some",
      { ...publicRead, Principal: UNKNOWN, NotPrincipal: { AWS: "1" } },
      true,
    ],
    ["a Deny statement", { ...publicRead, Effect: "Deny" }, false],
    ["a statement for an account", { ...publicRead, Principal: { AWS: "123456789012" } }, false],
    [
      "a statement for a service",
      { ...publicRead, Principal: { Service: "logs.amazonaws.com" } },
      false,
    ],
    [
      "a condition on an organization",
      narrowed("StringEquals", "aws:PrincipalOrgID", "o-1"),
      false,
    ],
    [
      "a condition key in another case",
      narrowed("StringEquals", "AWS:principalorgid", ["o-1"]),
      false,
    ],
    [
      "a condition on any value of a multivalued key",
      narrowed("ForAnyValue:StringEquals", "aws:PrincipalOrgID", "o-1"),
      false,
    ],
    ["a condition on any organization", narrowed("StringLike", "aws:PrincipalOrgID", "o-*"), true],
    [
      "a condition on one organization or any",
      narrowed("StringLike", "aws:PrincipalOrgID", ["o-1", "*"]),
      true,
    ],
    ["a condition without values", narrowed("StringEquals", "aws:PrincipalOrgID", []), true],
    [
      "a condition on all organizations but one",
      narrowed("StringNotEquals", "aws:PrincipalOrgID", "o-1"),
      true,
    ],
    [
      "a condition that matches if the key is missing",
      narrowed("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1"),
      true,
    ],
    ["a condition on another key", narrowed("StringEquals", "aws:UserAgent", "curl"), true],
    [
      "a condition on the roles of an account",
      narrowed("ArnLike", "aws:SourceArn", "arn:aws:iam::123456789012:role/*"),
      false,
    ],
    [
      "a condition on a role name in any account",
      narrowed("ArnLike", "aws:SourceArn", "arn:aws:iam::*:role/a"),
      true,
    ],
    ["a condition on a bucket", narrowed("ArnLike", "aws:SourceArn", "arn:aws:s3:::lake"), false],
    ["a condition on any bucket", narrowed("ArnLike", "aws:SourceArn", "arn:aws:s3:::*"), true],
    ["a condition on a network", narrowed("IpAddress", "aws:SourceIp", "192.0.2.0/24"), false],
    [
      "a condition on every network",
      narrowed("IpAddress", "aws:SourceIp", ["192.0.2.0/24", "0.0.0.0/0"]),
      true,
    ],
    [
      "a condition on an unknown organization",
      narrowed("StringEquals", "aws:PrincipalOrgID", UNKNOWN),
      UNKNOWN,
    ],
    ["an unknown condition", { ...publicRead, Condition: UNKNOWN }, UNKNOWN],
    ["an unknown principal", { ...publicRead, Principal: UNKNOWN }, UNKNOWN],
    ["an unknown effect", { ...publicRead, Effect: UNKNOWN }, UNKNOWN],
    ["an unknown statement", UNKNOWN, UNKNOWN],
  ];
  for (const [title, statement, expected] of cases) {
    it(`is ${String(expected)} for ${title}`, () => {
      assert.equal(answer(statement), expected);
    });
  }
});
