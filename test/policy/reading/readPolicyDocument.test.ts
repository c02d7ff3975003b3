import assert from "node:assert/strict";
import fc from "fast-check";
import { readPolicyDocument, readTrustPolicy } from "../../../policy/reading/readPolicyDocument";
import { UNKNOWN } from "../../../policy/reading/value";
import type { Value } from "../../../policy/reading/value";
import { rules } from "../../../policy/rules";
import { evaluatePolicies } from "../../../policy/testing";

const federated: Value = { AWS: ["123456789012", UNKNOWN], Service: "firehose.amazonaws.com" };
const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::lake/*" };

/** JSON with many words of the policy grammar. */
const words = ["Version", "Statement", "Effect", "Allow", "Deny", "Principal", "AWS", "*", "Action"]
  .concat(["NotAction", "Resource", "NotResource", "Condition", "Bool", "aws:SecureTransport"])
  .concat(["false", "s3:*", "__proto__"]);
const { document: documentLike } = fc.letrec<{ document: unknown; list: unknown; block: unknown }>(
  (tie) => ({
    document: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...words),
      fc.jsonValue({ maxDepth: 1 }),
      tie("list"),
      tie("block"),
    ),
    list: fc.array(tie("document"), { maxLength: 3 }),
    block: fc.dictionary(fc.constantFrom(...words), tie("document"), { maxKeys: 5 }),
  }),
);

describe("reading a policy document", () => {
  it("reads a JSON string and an object in the same way", () => {
    const document = { Version: "2012-10-17", Statement: [statement] };
    assert.deepEqual(readPolicyDocument(document), readPolicyDocument(JSON.stringify(document)));
  });

  it("reads single values and lists in the same way", () => {
    const listed = { ...statement, Action: [statement.Action], Resource: [statement.Resource] };
    assert.deepEqual(
      readPolicyDocument({ Statement: statement }),
      readPolicyDocument({ Statement: [listed] }),
    );
  });

  it("keeps every element of a statement", () => {
    const Condition = { Bool: { "aws:SecureTransport": false }, NumericLessThan: { n: [1, "2"] } };
    assert.deepEqual(
      readPolicyDocument({ Statement: { ...statement, Principal: "*", Condition } }),
      {
        statements: [
          {
            path: "Statement[0]",
            effect: "Allow",
            action: ["s3:GetObject"],
            notAction: undefined,
            resource: ["arn:aws:s3:::lake/*"],
            notResource: undefined,
            principals: [{ kind: "*", name: "*" }],
            notPrincipals: undefined,
            everyone: true,
            conditions: [
              { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
              { operator: "NumericLessThan", key: "n", values: ["1", "2"] },
            ],
          },
        ],
        problems: [],
      },
    );
  });

  const principals: readonly (readonly [string, Value, Value])[] = [
    ["a star", "*", true],
    ["a star among the accounts", { AWS: ["123456789012", "*"] }, true],
    ["a star next to an unknown account", { AWS: [UNKNOWN, "*"] }, true],
    ["an account", { AWS: "123456789012" }, false],
    ["a service", { Service: "firehose.amazonaws.com" }, false],
    ["a star as service", { Service: "*" }, false],
    ["an unknown account", { AWS: [UNKNOWN] }, UNKNOWN],
    ["an unknown principal", UNKNOWN, UNKNOWN],
  ];

  for (const [title, Principal, everyone] of principals) {
    it(`decides whether ${title} means everyone`, () => {
      const document = readPolicyDocument({ Statement: { ...statement, Principal } });
      assert.equal(document?.statements[0]?.everyone, everyone);
    });
  }

  it("reads principals with their kind", () => {
    const withPrincipals: Value = { ...statement, Principal: federated, NotPrincipal: UNKNOWN };
    const [read] = readPolicyDocument({ Statement: withPrincipals })?.statements ?? [];
    assert.deepEqual(read?.principals, [
      { kind: "AWS", name: "123456789012" },
      { kind: "AWS", name: UNKNOWN },
      { kind: "Service", name: "firehose.amazonaws.com" },
    ]);
    assert.deepEqual(read.notPrincipals, [{ kind: UNKNOWN, name: UNKNOWN }]);
  });

  it("does not require a Resource in a trust policy", () => {
    const trust = { Effect: "Allow", Principal: federated, Action: "sts:AssumeRole" };
    assert.deepEqual(readTrustPolicy({ Statement: trust })?.problems, []);
    assert.deepEqual(readPolicyDocument({ Statement: trust })?.problems, [
      "Statement[0] has neither Resource nor NotResource",
    ]);
  });

  const broken: readonly (readonly [string, Value, string])[] = [
    ["", "", "is not valid JSON"],
    ["incomplete JSON", '{"Statement":', "is not valid JSON"],
    ["a number", 7, "is not a JSON object"],
    ["a list", [statement], "is not a JSON object"],
    ["null in JSON", "null", "is not a JSON object"],
    ["no statements", { Statement: [] }, "has no Statement"],
    ["a string as statement", { Statement: ["Allow"] }, "Statement[0] is not an object"],
    [
      "a number as action",
      { Statement: { ...statement, Action: ["s3:GetObject", 7] } },
      "Statement[0].Action is not a string or a list of strings",
    ],
    [
      "a string as principal",
      { Statement: { ...statement, Principal: "123456789012" } },
      'Statement[0].Principal is neither "*" nor an object',
    ],
    [
      "a number as principal",
      { Statement: { ...statement, Principal: { AWS: 123456789012 } } },
      "Statement[0].Principal has a name that is not a string",
    ],
    [
      "a string as condition",
      { Statement: { ...statement, Condition: "Bool" } },
      "Statement[0].Condition is not an object of operators with an object of keys each",
    ],
    [
      "a condition without keys",
      { Statement: { ...statement, Condition: { Bool: "false" } } },
      "Statement[0].Condition is not an object of operators with an object of keys each",
    ],
  ];
  for (const [title, value, problem] of broken) {
    it(`reports the problem of ${title || "an empty string"}`, () => {
      assert.deepEqual(readPolicyDocument(value)?.problems, [problem]);
    });
  }

  it("distinguishes an absent document from an unknown one", () => {
    assert.equal(readPolicyDocument(undefined), undefined);
    assert.equal(readPolicyDocument(UNKNOWN)?.statements[0]?.effect, UNKNOWN);
  });

  it("reads any string without an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(readPolicyDocument(text));
      }),
    );
  });

  it("reads any JSON, as an object and as a string", () => {
    fc.assert(
      fc.property(documentLike, (json) => {
        const written = JSON.stringify(json);
        const fromString = readPolicyDocument(written);
        assert.ok(fromString);
        assert.ok(fromString.statements.length + fromString.problems.length > 0);
        // A JSON string parses to a string, which is a document again.
        if (typeof json !== "string") {
          assert.deepEqual(readPolicyDocument(JSON.parse(written) as Value), fromString);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("survives nesting that would overflow a recursive reader", () => {
    const deep = `{"Statement":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    assert.deepEqual(readPolicyDocument(deep)?.problems, ["Statement[0] is not an object"]);
  });
});

describe("the rules that read documents", () => {
  it("never end the operation, whatever the document contains", async () => {
    await fc.assert(
      fc.asyncProperty(documentLike, async (policy) => {
        const resources = ["aws:iam/rolePolicy:RolePolicy", "aws:s3/bucketPolicy:BucketPolicy"];
        const { violations } = await evaluatePolicies(
          rules,
          resources.map((type) => ({ type, name: "policy", props: { policy } })),
        );
        for (const { message } of violations) assert.doesNotMatch(message, /rule itself failed/);
      }),
      { numRuns: 200 },
    );
  });
});
