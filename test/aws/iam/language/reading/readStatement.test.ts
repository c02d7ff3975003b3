import assert from "node:assert/strict";
import { readPolicy } from "../../../../../aws/iam/language/readPolicy";
import { policyJson, type WrittenStatement } from "../../support/iamPolicies";

const allow = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };

/** The problems of a policy with one statement, in one line. */
function problem(statement: WrittenStatement): string {
  try {
    readPolicy("p", policyJson(statement));
    return "none";
  } catch (error) {
    const [, ...lines] = (error as Error).message.split("\n");
    return lines.map((line) => line.trim()).join("; ");
  }
}

describe("readStatement", () => {
  for (const [what, statement, expected] of [
    ["a missing Effect", { Effect: undefined }, 'Effect is missing; allowed: "Allow", "Deny"'],
    ["an unknown Effect", { Effect: "allow" }, 'Effect is "allow"; allowed: "Allow", "Deny"'],
    [
      "an unknown element",
      { Actions: "s3:*" },
      '"Actions" is not an element of a statement; allowed: Sid, Effect, Principal, NotPrincipal, ' +
        "Action, NotAction, Resource, NotResource, Condition",
    ],
    ["a Sid that is not a string", { Sid: 1 }, "Sid is 1; allowed: a string"],
    ["a missing Action", { Action: undefined }, "Action is missing; allowed: Action or NotAction"],
    ["an empty Action", { Action: [] }, "Action is an empty list; allowed: one or more strings"],
    ["an Action that is not a string", { Action: [7] }, "Action has 7; allowed: a string"],
    [
      "an Action without service",
      { Action: ["PutObject"] },
      'Action has "PutObject"; allowed: service:action, as in s3:Put*, or "*"',
    ],
    [
      "a wildcard in the service of an Action",
      { Action: "s*:Put" },
      'Action has "s*:Put"; allowed: service:action, as in s3:Put*, or "*"',
    ],
    [
      "Action together with NotAction",
      { NotAction: "s3:*" },
      "Action and NotAction are both set; allowed: one of them",
    ],
    [
      "a missing Resource",
      { Resource: undefined },
      "Resource is missing; allowed: Resource or NotResource",
    ],
    [
      "a Resource that is not an ARN",
      { Resource: ["lake"] },
      'Resource has "lake"; allowed: an ARN of six components, which may contain * and ?, or "*"',
    ],
    [
      "an incomplete ARN in a resource-based policy",
      { Principal: "*", Resource: "arn:aws:s3" },
      'Resource has "arn:aws:s3"; allowed: an ARN of six components, which may contain * and ?, or "*"',
    ],
    [
      "a wildcard in the type of a resource",
      { Resource: "arn:aws:lambda:us-east-2:123456789012:functi*:orders" },
      'Resource has "arn:aws:lambda:us-east-2:123456789012:functi*:orders"; ' +
        "allowed: the type of a resource without wildcards, as in stream/*",
    ],
    [
      "a variable before the last component of a Resource",
      { Resource: "arn:aws:kinesis:*:${aws:PrincipalAccount}:stream/x" },
      'Resource has "arn:aws:kinesis:*:${aws:PrincipalAccount}:stream/x"; ' +
        "allowed: policy variables in the last component of the ARN only",
    ],
    [
      "a malformed variable in a Resource",
      { Resource: "arn:aws:s3:::lake/${username}" },
      'Resource has "arn:aws:s3:::lake/${username}"; ' +
        '"${username}" is not a policy variable; allowed: a form such as ${aws:PrincipalAccount}',
    ],
    ["a Principal that is a name", { Principal: "me" }, 'Principal is "me"; allowed: an object'],
    [
      "an empty Principal",
      { Principal: {} },
      "Principal is empty; allowed: AWS, Service, Federated, CanonicalUser",
    ],
    [
      "an unknown type of principal",
      { Principal: { Role: "x" } },
      '"Role" is not an element of Principal; allowed: AWS, Service, Federated, CanonicalUser',
    ],
    [
      "a wildcard in a principal",
      { Principal: { AWS: "arn:aws:iam::123456789012:role/*" } },
      'Principal.AWS has "arn:aws:iam::123456789012:role/*"; allowed: ' +
        'an account ID, the ARN of an account, a role, a session or a user, or "*"',
    ],
    [
      "a malformed service principal",
      { Principal: { Service: "firehose" } },
      'Principal.Service has "firehose"; allowed: the name of a service, as in firehose.amazonaws.com',
    ],
    [
      "a Deny for a canonical user",
      { Effect: "Deny", Principal: { CanonicalUser: "0".repeat(64) } },
      `Principal has the CanonicalUser "${"0".repeat(64)}"; allowed: an AWS account ID or ARN`,
    ],
    ["a Condition that is a list", { Condition: [] }, "Condition is a list; allowed: an object"],
    [
      "a condition operator without keys",
      { Condition: { StringEquals: "x" } },
      'Condition.StringEquals is "x"; allowed: an object',
    ],
    [
      "a condition key without service",
      { Condition: { StringEquals: { SourceArn: "x" } } },
      'Condition.StringEquals has the key "SourceArn"; allowed: service:key, as in aws:SourceArn',
    ],
    [
      "a condition without values",
      { Condition: { StringEquals: { "aws:SourceArn": [] } } },
      "Condition.StringEquals.aws:SourceArn has no values; allowed: one or more",
    ],
    [
      "a condition value that is an object",
      { Condition: { StringEquals: { "aws:SourceArn": { a: 1 } } } },
      "Condition.StringEquals.aws:SourceArn has an object; allowed: a string, a number, true or false",
    ],
    [
      "a numeric condition on a word",
      { Condition: { NumericEquals: { "s3:max-keys": "ten" } } },
      'Condition.NumericEquals.s3:max-keys has "ten"; allowed: a number',
    ],
    [
      "a date condition without time zone",
      { Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-31T12:00:00" } } },
      'Condition.DateLessThan.aws:CurrentTime has "2026-01-31T12:00:00"; ' +
        "allowed: a date as in 2026-01-31T12:00:00Z, or seconds since 1970",
    ],
    [
      "a malformed address range",
      { Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/33" } } },
      'Condition.NotIpAddress.aws:SourceIp has "203.0.113.0/33"; ' +
        "allowed: an IP address or a range as in 203.0.113.0/24 or 2001:db8::/32",
    ],
    [
      "a Bool condition on another value",
      { Condition: { Bool: { "aws:SecureTransport": "no" } } },
      'Condition.Bool.aws:SecureTransport has "no"; allowed: "true" or "false"',
    ],
    [
      "a Null condition on another value",
      { Condition: { Null: { "aws:SourceArn": "x" } } },
      'Condition.Null.aws:SourceArn has "x"; allowed: "true" or "false"',
    ],
    [
      "a binary condition on invalid base64",
      { Condition: { BinaryEquals: { "test:key": "?" } } },
      'Condition.BinaryEquals.test:key has "?"; allowed: base64',
    ],
    [
      "an ARN condition on a name",
      { Condition: { ArnLike: { "aws:SourceArn": "lake" } } },
      'Condition.ArnLike.aws:SourceArn has "lake"; ' +
        'allowed: an ARN of six components, which may contain * and ?, or "*"',
    ],
    [
      "a malformed variable in a condition",
      { Condition: { StringEquals: { "aws:SourceArn": "${x" } } },
      'Condition.StringEquals.aws:SourceArn has "${x"; ' +
        '"${x" is not a policy variable; allowed: a form such as ${aws:PrincipalAccount}',
    ],
  ] as const) {
    it(`rejects ${what}`, () => {
      assert.equal(problem({ ...allow, ...statement }), `statement 1: ${expected}`);
    });
  }

  it("completes the ARNs of an identity-based policy", () => {
    const { statements } = readPolicy(
      "p",
      policyJson({ ...allow, Resource: ["arn:aws:s3", "arn:aws:sqs:us-east-1", "arn:aws:s3:::a"] }),
    );
    assert.deepEqual(statements[0]?.resources, [
      "arn:aws:s3:*:*:*",
      "arn:aws:sqs:us-east-1:*:*",
      "arn:aws:s3:::a",
    ]);
  });

  it("accepts wildcards in names, and in place of a whole name", () => {
    const Resource = [
      ...["arn:aws:logs:*:*:*", "arn:aws:kinesis:us-east-1:*:stream/events-*"],
      ...["arn:aws:s3:::data-*/raw/*", "arn:aws:sqs:*:*:events-?"],
    ];
    assert.equal(problem({ ...allow, Resource }), "none");
  });

  it("rejects an unknown condition operator and lists the known ones", () => {
    const message = problem({ ...allow, Condition: { StringIs: { "aws:SourceArn": "x" } } });
    assert.match(message, /^statement 1: Condition has the operator "StringIs"; allowed: String/);
    assert.match(
      message,
      /NotIpAddress.*Null; all but Null may start with ForAllValues: or ForAnyValue: and end/,
    );
  });

  it("rejects a Resource in a trust policy", () => {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    assert.equal(
      problem({ ...trust, Resource: "*" }),
      "statement 1: Resource is not allowed in a trust policy; remove it",
    );
  });
});
