import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";
import { accountArn, bucketArn, policyJson } from "../support/iamPolicies";

const allow = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };
const trust = {
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/** The problems that the error lists, without its first line, which names the policy. */
function problems(json: string): readonly string[] {
  let message = "";
  assert.throws(
    () => readPolicy("bucket policy lake", json),
    (error: Error) => {
      message = error.message;
      return true;
    },
  );
  const [subject, ...lines] = message.split("\n");
  assert.equal(subject, "The bucket policy lake cannot be read:");
  return lines.map((line) => line.trim());
}

describe("readPolicy", () => {
  it("converts single values to lists, and keeps the order", () => {
    const json = JSON.stringify({
      Version: "2012-10-17",
      Id: "lake",
      Statement: [
        {
          Sid: "Tls",
          Principal: "*",
          ...allow,
          Condition: { Bool: { "aws:SecureTransport": true } },
        },
        {
          Effect: "Deny",
          NotPrincipal: { AWS: accountArn, Service: ["a.amazonaws.com", "b.amazonaws.com"] },
          NotAction: ["s3:Get*", "s3:List*"],
          NotResource: [bucketArn],
          Condition: {
            NumericLessThan: { "s3:TlsVersion": [1.2, "1.3"] },
            "ForAnyValue:StringNotLikeIfExists": { "aws:TagKeys": "a*", "aws:PrincipalTag/x": "b" },
          },
        },
      ],
    });
    assert.deepEqual(readPolicy("bucket policy lake", json), {
      name: "bucket policy lake",
      version: "2012-10-17",
      statements: [
        {
          sid: "Tls",
          effect: "Allow",
          principals: [{ type: "AWS", value: "*" }],
          actions: ["s3:PutObject"],
          resources: ["*"],
          conditions: [
            {
              operator: { comparison: "Bool", negated: false, ifExists: false },
              key: "aws:SecureTransport",
              values: ["true"],
            },
          ],
        },
        {
          sid: "2",
          effect: "Deny",
          notPrincipals: [
            { type: "AWS", value: accountArn },
            { type: "Service", value: "a.amazonaws.com" },
            { type: "Service", value: "b.amazonaws.com" },
          ],
          notActions: ["s3:Get*", "s3:List*"],
          notResources: [bucketArn],
          conditions: [
            {
              operator: { comparison: "NumericLessThan", negated: false, ifExists: false },
              key: "s3:TlsVersion",
              values: ["1.2", "1.3"],
            },
            ...["aws:TagKeys", "aws:PrincipalTag/x"].map((key, index) => ({
              operator: {
                set: "ForAnyValue",
                comparison: "StringLike",
                negated: true,
                ifExists: true,
              },
              key,
              values: [["a*", "b"][index]],
            })),
          ],
        },
      ],
    });
  });

  it("accepts a single statement, and uses version 2008-10-17 by default", () => {
    const policy = readPolicy("p", JSON.stringify({ Statement: { ...allow, Sid: "" } }));
    assert.equal(policy.version, "2008-10-17");
    assert.deepEqual(
      policy.statements.map(({ sid }) => sid),
      ["1"],
    );
  });

  it("accepts a trust policy, which has no Resource", () => {
    const [statement] = readPolicy("trust policy", policyJson(trust)).statements;
    assert.ok(statement && !("resources" in statement));
  });

  it("accepts every form of principal that AWS accepts", () => {
    const AWS = [
      ...["*", "123456789012", "AROAEXAMPLEID1234567", accountArn],
      ...["role/a/b", "user/ann"].map((name) => `arn:aws-cn:iam::123456789012:${name}`),
      "arn:aws:sts::123456789012:assumed-role/role/session",
      "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ];
    const Principal = { AWS, Federated: "accounts.google.com", CanonicalUser: "0".repeat(64) };
    const [statement] = readPolicy("p", policyJson({ ...allow, Principal })).statements;
    assert.equal(statement?.principals?.length, AWS.length + 2);
  });

  it("accepts every policy of the component", () => {
    const directory = join(__dirname, "../../../components/iam/golden");
    const allJson = readdirSync(directory).flatMap((file) => {
      const documents = JSON.parse(readFileSync(join(directory, file), "utf8")) as object;
      return Object.values(documents).map((document) => JSON.stringify(document));
    });
    const policies = allJson.filter((json) => json.includes('"Statement"'));
    assert.ok(policies.length > 20);
    for (const json of policies) readPolicy("golden", json);
  });

  it("accepts malformed variables in version 2008-10-17, where they are literal", () => {
    const statement = { ...allow, Resource: "arn:aws:kinesis:*:${username}:stream/x" };
    readPolicy("p", JSON.stringify({ Version: "2008-10-17", Statement: statement }));
  });

  for (const [what, json, expected] of [
    ["invalid JSON", "{", /^not JSON: /],
    ["a list instead of a policy", "[]", /^a policy is a list; allowed: an object$/],
    ["null instead of a policy", "null", /^a policy is null; allowed: an object$/],
    [
      "a policy without statements",
      "{}",
      /^Statement is missing or empty; allowed: one or more statements$/,
    ],
    [
      "a policy with an empty list of statements",
      '{"Statement":[]}',
      /^Statement is missing or empty/,
    ],
    [
      "a policy with a string instead of a statement",
      '{"Statement":["x"]}',
      /^statement 1 is "x"; allowed: an object$/,
    ],
    [
      "a policy with an unknown version",
      '{"Version":"2012-10-18","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      /^Version is "2012-10-18"; allowed: "2012-10-17", "2008-10-17"$/,
    ],
    [
      "a policy with an unknown element",
      '{"statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      /^"statement" is not an element of a policy; allowed: Version, Id, Statement$/,
    ],
    [
      "a policy with a key that appears twice",
      '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","\\u0045ffect" : "Allow"}}',
      /^"Effect" appears twice in one object; allowed: once$/,
    ],
    [
      "a policy with a Sid that appears twice",
      policyJson({ ...allow, Sid: "Put" }, { ...allow, Sid: "Put" }),
      /^Sid "Put" names several statements; allowed: one$/,
    ],
  ] as const) {
    it(`rejects ${what}`, () => {
      const [first = "", ...more] = problems(json);
      assert.match(first, expected);
      assert.deepEqual(more, []);
    });
  }

  it("lists all problems at once, each with its statement", () => {
    const json = policyJson({ ...allow, Sid: "Put", Effect: "Maybe" }, { Effect: "Deny" });
    assert.deepEqual(problems(json), [
      'statement 1 (Put): Effect is "Maybe"; allowed: "Allow", "Deny"',
      "statement 2: Action is missing; allowed: Action or NotAction",
      "statement 2: Resource is missing; allowed: Resource or NotResource",
    ]);
  });

  it("does not confuse quoted strings with keys", () => {
    const Condition = { StringEquals: { "aws:a": ['Effect":', "{", "Effect"], "aws:b": "Effect" } };
    readPolicy("p", policyJson({ ...allow, Condition }));
  });
});
