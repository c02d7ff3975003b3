import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";
import { accountArn, bucketArn, policyText } from "../../../local/support/iamPolicies";

const allow = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };
const trust = {
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/** The problems that an error names, without the line that says whose they are. */
function problems(text: string): readonly string[] {
  let message = "";
  assert.throws(
    () => readPolicy("bucket policy lake", text),
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
  it("makes lists of what may stand alone, and keeps the order", () => {
    const text = JSON.stringify({
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
    assert.deepEqual(readPolicy("bucket policy lake", text), {
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

  it("takes a single statement, and the old version where none is named", () => {
    const policy = readPolicy("p", JSON.stringify({ Statement: { ...allow, Sid: "" } }));
    assert.equal(policy.version, "2008-10-17");
    assert.deepEqual(
      policy.statements.map(({ sid }) => sid),
      ["1"],
    );
  });

  it("takes a trust policy, which has no Resource", () => {
    const [statement] = readPolicy("trust policy", policyText(trust)).statements;
    assert.ok(statement && !("resources" in statement));
  });

  it("takes all principals that AWS takes", () => {
    const AWS = [
      ...["*", "123456789012", "AROAEXAMPLEID1234567", accountArn],
      ...["role/a/b", "user/ann"].map((name) => `arn:aws-cn:iam::123456789012:${name}`),
      "arn:aws:sts::123456789012:assumed-role/role/session",
      "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
    ];
    const Principal = { AWS, Federated: "accounts.google.com", CanonicalUser: "0".repeat(64) };
    const [statement] = readPolicy("p", policyText({ ...allow, Principal })).statements;
    assert.equal(statement?.principals?.length, AWS.length + 2);
  });

  it("takes every document of the component", () => {
    const folder = join(__dirname, "../../../components/iam/golden");
    const texts = readdirSync(folder).flatMap((file) => {
      const documents = JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
      return Object.values(documents).map((document) => JSON.stringify(document));
    });
    const policies = texts.filter((text) => text.includes('"Statement"'));
    assert.ok(policies.length > 20);
    for (const text of policies) readPolicy("golden", text);
  });

  it("takes variables where they have no meaning as text", () => {
    const statement = { ...allow, Resource: "arn:aws:kinesis:*:${username}:stream/x" };
    readPolicy("p", JSON.stringify({ Version: "2008-10-17", Statement: statement }));
  });

  for (const [what, text, expected] of [
    ["what is not JSON", "{", /^not JSON: /],
    ["a list", "[]", /^a policy is a list; allowed: an object$/],
    ["null", "null", /^a policy is null; allowed: an object$/],
    ["no statement", "{}", /^Statement is missing or empty; allowed: one or more statements$/],
    ["an empty list of statements", '{"Statement":[]}', /^Statement is missing or empty/],
    [
      "a statement that is a text",
      '{"Statement":["x"]}',
      /^statement 1 is "x"; allowed: an object$/,
    ],
    [
      "another version",
      '{"Version":"2012-10-18","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      /^Version is "2012-10-18"; allowed: "2012-10-17", "2008-10-17"$/,
    ],
    [
      "an unknown element",
      '{"statement":[],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      /^"statement" is no element of a policy; allowed: Version, Id, Statement$/,
    ],
    [
      "a key that stands twice",
      '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","\\u0045ffect" : "Allow"}}',
      /^"Effect" stands twice in one object; allowed: once$/,
    ],
    [
      "a Sid that stands twice",
      policyText({ ...allow, Sid: "Put" }, { ...allow, Sid: "Put" }),
      /^Sid "Put" names several statements; allowed: one$/,
    ],
  ] as const) {
    it(`refuses ${what} as a policy`, () => {
      const [first = "", ...more] = problems(text);
      assert.match(first, expected);
      assert.deepEqual(more, []);
    });
  }

  it("names all problems at once, each with its statement", () => {
    const text = policyText({ ...allow, Sid: "Put", Effect: "Maybe" }, { Effect: "Deny" });
    assert.deepEqual(problems(text), [
      'statement 1 (Put): Effect is "Maybe"; allowed: "Allow", "Deny"',
      "statement 2: Action is missing; allowed: Action or NotAction",
      "statement 2: Resource is missing; allowed: Resource or NotResource",
    ]);
  });

  it("does not take a text in quotes for a key", () => {
    const Condition = { StringEquals: { "aws:a": ['Effect":', "{", "Effect"], "aws:b": "Effect" } };
    readPolicy("p", policyText({ ...allow, Condition }));
  });
});
