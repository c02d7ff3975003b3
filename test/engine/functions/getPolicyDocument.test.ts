import assert from "node:assert/strict";
import fc from "fast-check";
import { getPolicyDocument } from "../../../engine/functions/policyDocument/getPolicyDocument";
import type { Properties } from "../../../engine/graph/resourceGraph";

const context = {
  ...{ region: "us-east-1", account: "123456789012", partition: "aws" },
  ...{ dnsSuffix: "amazonaws.com", defaultTags: {} },
};

interface Document {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement?: readonly Readonly<Record<string, unknown>>[];
}

function answer(args: Properties): Record<"id" | "json" | "minifiedJson", string> {
  return getPolicyDocument.answer(args, context) as ReturnType<typeof answer>;
}

const jsonOf = (args: Properties): string => answer(args).json;
const documentOf = (args: Properties): Document => JSON.parse(jsonOf(args)) as Document;
const statementsOf = (args: Properties) => documentOf(args).Statement ?? [];
/** The only statement of a document that declares it. */
const statement = (given: Properties) => statementsOf({ statements: [given] })[0];

describe("getPolicyDocument", () => {
  it("allows by default, in the version of 2012", () => {
    assert.deepEqual(
      documentOf({ statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] }),
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      },
    );
  });

  it("writes the elements in the order of the provider, and leaves out empty ones", () => {
    const json = jsonOf({
      policyId: "lake",
      statements: [
        {
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
          notPrincipals: [{ type: "AWS", identifiers: ["123456789012"] }],
          notResources: ["b"],
          notActions: ["a"],
          resources: [],
          effect: "Deny",
          sid: "Tls",
        },
      ],
    });
    assert.equal(
      json,
      `{
  "Version": "2012-10-17",
  "Id": "lake",
  "Statement": [
    {
      "Sid": "Tls",
      "Effect": "Deny",
      "NotAction": "a",
      "NotResource": "b",
      "NotPrincipal": {
        "AWS": "123456789012"
      },
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "false"
        }
      }
    }
  ]
}`,
    );
  });

  it("has no statements without arguments", () => {
    assert.deepEqual(documentOf({}), { Version: "2012-10-17" });
  });

  it("writes one value as a string and several in descending order, without duplicates", () => {
    const { Action, Resource } = statement({
      actions: ["s3:GetBucketLocation", "s3:ListAllMyBuckets", "s3:GetBucketLocation"],
      resources: ["arn:aws:s3:::*"],
    }) as { Action: unknown; Resource: unknown };
    assert.deepEqual(Action, ["s3:ListAllMyBuckets", "s3:GetBucketLocation"]);
    assert.equal(Resource, "arn:aws:s3:::*");
  });

  it("replaces &{ in resources, principals and condition values", () => {
    assert.deepEqual(
      statement({
        actions: ["&{kept}"],
        resources: ["arn:aws:s3:::home/&{aws:username}/*", "arn:aws:s3:::home/&{aws:username}"],
        notResources: ["&{b}"],
        principals: [{ type: "AWS", identifiers: ["&{c}"] }],
        conditions: [{ test: "StringLike", variable: "s3:prefix", values: ["&{d}&{e}", "", "f"] }],
      }),
      {
        Effect: "Allow",
        Action: "&{kept}",
        Resource: ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/${aws:username}"],
        NotResource: "${b}",
        Principal: { AWS: "${c}" },
        Condition: { StringLike: { "s3:prefix": ["${d}${e}", "", "f"] } },
      },
    );
  });

  describe("principals", () => {
    const principal = (...principals: Properties[]): unknown =>
      statement({ principals })?.["Principal"];
    const everyone = ["*"];

    it("are everyone only for type * with identifier *", () => {
      assert.equal(principal({ type: "*", identifiers: everyone }), "*");
      assert.deepEqual(principal({ type: "AWS", identifiers: everyone }), { AWS: "*" });
      assert.deepEqual(
        principal({ type: "*", identifiers: everyone }, { type: "AWS", identifiers: ["a"] }),
        { "*": "*", AWS: "a" },
      );
    });

    for (const type of ["AWS", "Service", "Federated", "CanonicalUser"])
      it(`keep their type, e.g. ${type}`, () => {
        assert.deepEqual(principal({ type, identifiers: ["a", "b"] }), { [type]: ["b", "a"] });
      });

    it("of the same type are merged, whether they are one or several", () => {
      const merged = principal(
        { type: "AWS", identifiers: ["1"] },
        { type: "Service", identifiers: ["lambda.amazonaws.com"] },
        { type: "AWS", identifiers: ["2", "3"] },
        { type: "AWS", identifiers: ["1"] },
      ) as { AWS: string[]; Service: string };
      assert.deepEqual([...merged.AWS].sort(), ["1", "2", "3"]);
      assert.equal(merged.Service, "lambda.amazonaws.com");
    });
  });

  it("joins the values of conditions with the same test and variable, in their order", () => {
    const conditions = [
      { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["b"] },
      { test: "Bool", variable: "aws:SecureTransport", values: [true] },
      { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["a", "c"] },
      { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
    ];
    assert.deepEqual(statement({ conditions })?.["Condition"], {
      Bool: { "aws:SecureTransport": "true" },
      StringEquals: { "aws:PrincipalOrgID": "o-1", "aws:PrincipalTag/team": ["b", "a", "c"] },
    });
  });

  describe("merging", () => {
    const document = (...statements: Properties[]): string => jsonOf({ statements });
    const summary = (args: Properties): unknown[] =>
      statementsOf(args).map(({ Sid = "", Effect, Action }) =>
        [Sid, Effect, Action].join(" ").trim(),
      );

    it("puts source documents first and override documents last, in their order", () => {
      assert.deepEqual(
        summary({
          sourcePolicyDocuments: [document({ actions: ["a"] }), document({ actions: ["b"] })],
          statements: [{ actions: ["c"] }],
          overridePolicyDocuments: [document({ actions: ["d"] }), document({ actions: ["e"] })],
        }),
        ["Allow a", "Allow b", "Allow c", "Allow d", "Allow e"],
      );
    });

    it("replaces a statement with the same Sid in its place", () => {
      assert.deepEqual(
        summary({
          sourcePolicyDocuments: [
            document({ sid: "One", actions: ["a"] }, { sid: "Two", actions: ["b"] }),
          ],
          statements: [{ sid: "Two", actions: ["c"] }],
          overridePolicyDocuments: [
            document({ actions: ["d"] }, { sid: "One", effect: "Deny", actions: ["e"] }),
            document({ sid: "One", effect: "Deny", actions: ["f"] }),
          ],
        }),
        ["One Deny f", "Two Allow c", "Allow d"],
      );
    });

    it("takes the last id and the newest version", () => {
      const merged = documentOf({
        version: "2008-10-17",
        policyId: "own",
        sourcePolicyDocuments: ['{"Version":"2012-10-17","Id":"source"}'],
        overridePolicyDocuments: ['{"Version":"2008-10-17","Id":"override"}'],
      });
      assert.deepEqual(merged, { Version: "2012-10-17", Id: "override" });
    });

    it("keeps the form of merged lists, and reads elements in any case", () => {
      const source = {
        statement: [
          {
            effect: "Deny",
            Action: ["a", "b"],
            Principal: "*",
            Condition: { Bool: { x: true }, StringLike: { y: ["a"] }, NumericLessThan: { z: 3 } },
          },
        ],
      };
      assert.deepEqual(documentOf({ sourcePolicyDocuments: [JSON.stringify(source)] }).Statement, [
        {
          ...{ Effect: "Deny", Action: ["a", "b"], Principal: "*" },
          Condition: { Bool: { x: "true" }, StringLike: { y: "a" } },
        },
      ]);
    });

    it("skips empty documents, and those of the former arguments", () => {
      const args = { sourceJson: "", overrideJson: "", sourcePolicyDocuments: [null, ""] };
      assert.deepEqual(documentOf({ ...args }), { Version: "2012-10-17" });
    });
  });

  describe("rejects", () => {
    const cases: readonly [what: string, args: Properties, message: RegExp][] = [
      [
        "a Sid twice in its statements",
        { statements: [{ sid: "A" }, { sid: "B" }, { sid: "A" }] },
        /^duplicate Sid "A" in statements\[0\] and statements\[2\]/,
      ],
      [
        "a Sid twice in the source documents",
        {
          sourcePolicyDocuments: ['{"Statement":[{"Sid":"A"}]}', '{"Statement":[{},{"Sid":"A"}]}'],
        },
        /^duplicate Sid "A" in sourcePolicyDocuments/,
      ],
      [
        "a Sid with other characters",
        { statements: [{ sid: "a-b" }] },
        /sid is "a-b"; allowed: letters/,
      ],
      [
        "an effect in lower case",
        { statements: [{ effect: "allow" }] },
        /allowed: "Allow" and "Deny"/,
      ],
      ["another version", { version: "2026-01-01" }, /allowed: "2012-10-17" and "2008-10-17"/],
      [
        "text that is not JSON",
        { sourcePolicyDocuments: ["{"] },
        /^sourcePolicyDocuments\[0\] is not valid JSON/,
      ],
      [
        "a statement that is not in a list",
        { overridePolicyDocuments: ['{"Statement":{"Effect":"Allow"}}'] },
        /^overridePolicyDocuments\[0\]: Statement must be a list/,
      ],
      [
        "a list of principals that are not strings",
        { overridePolicyDocuments: ['{"Statement":[{"Principal":{"AWS":[1]}}]}'] },
        /Statement\[0\]\.Principal\.AWS must be a string or a list of strings/,
      ],
      ...["resources", "notResources"].map((name): [string, Properties, RegExp] => [
        `variables in ${name} of the version of 2008`,
        { version: "2008-10-17", statements: [{ [name]: ["&{aws:username}"] }] },
        /found &\{ sequence in .* not supported in document version 2008-10-17/,
      ]),
      ...["principals", "notPrincipals"].map((name): [string, Properties, RegExp] => [
        `variables in ${name} of the version of 2008`,
        {
          version: "2008-10-17",
          statements: [{ [name]: [{ type: "AWS", identifiers: ["&{aws:username}"] }] }],
        },
        /found &\{ sequence/,
      ]),
      [
        "variables in conditions of the version of 2008",
        {
          version: "2008-10-17",
          statements: [{ conditions: [{ test: "a", variable: "b", values: ["c", "&{d}"] }] }],
        },
        /found &\{ sequence/,
      ],
    ];
    for (const [what, args, message] of cases)
      it(what, () => {
        assert.throws(() => jsonOf(args), { message });
      });
  });

  it("accepts statements without a Sid any number of times", () => {
    assert.equal(statementsOf({ statements: [{ sid: "" }, { sid: "" }, {}] }).length, 3);
  });

  describe("for any arguments", () => {
    const words = fc.array(fc.string({ unit: "binary" }), { maxLength: 4 });
    const principals = fc.array(
      fc.record({ type: fc.constantFrom("AWS", "Service", "*"), identifiers: words }),
      { maxLength: 3 },
    );
    const anyStatement = fc.record(
      {
        sid: fc.stringMatching(/^[a-zA-Z0-9]{0,2}$/),
        effect: fc.constantFrom("Allow", "Deny"),
        actions: words,
        notActions: words,
        resources: words,
        notResources: words,
        principals,
        notPrincipals: principals,
        conditions: fc.array(
          fc.record({
            test: fc.constantFrom("StringLike", "Bool"),
            variable: fc.string(),
            values: words,
          }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    );
    const statements = fc.uniqueArray(anyStatement, {
      maxLength: 4,
      // A Sid must be unique; none can occur often.
      selector: ({ sid }) => (sid === undefined || sid === "" ? Symbol("none") : sid),
    });

    it("minifiedJson means the same as json, on one line", () => {
      fc.assert(
        fc.property(statements, (list) => {
          const { json, minifiedJson } = answer({ statements: list });
          assert.deepEqual(JSON.parse(minifiedJson), JSON.parse(json));
          assert.ok(!minifiedJson.includes("\n"));
          assert.doesNotMatch(json, /[<>&\u2028\u2029]/);
        }),
      );
    });

    it("a document as the only source is the same document", () => {
      fc.assert(
        fc.property(statements, (list) => {
          const json = jsonOf({ statements: list });
          assert.deepEqual(documentOf({ sourcePolicyDocuments: [json] }), JSON.parse(json));
        }),
      );
    });

    it("overriding a document with itself changes only statements without a Sid", () => {
      fc.assert(
        fc.property(statements, (list) => {
          const once = statementsOf({ statements: list });
          const twice = statementsOf({
            statements: list,
            overridePolicyDocuments: [jsonOf({ statements: list })],
          });
          const repeated = once.filter((each) => each["Sid"] === undefined);
          assert.deepEqual(twice, [...once, ...repeated]);
        }),
      );
    });

    it("the order of actions, resources and identifiers does not matter", () => {
      fc.assert(
        fc.property(statements, (list) => {
          const reversed = list.map(({ actions, resources, ...rest }) => ({
            ...rest,
            ...(actions && { actions: [...actions, ...actions].reverse() }),
            ...(resources && { resources: [...resources].reverse() }),
          }));
          assert.equal(jsonOf({ statements: reversed }), jsonOf({ statements: list }));
        }),
      );
    });

    it("every value of a condition is in the document, with variables replaced", () => {
      fc.assert(
        fc.property(words, (values) => {
          const found = statement({ conditions: [{ test: "a", variable: "b", values }] });
          const written = (found?.["Condition"] as { a: { b: string | string[] } }).a.b;
          assert.deepEqual(
            typeof written === "string" ? [written] : written,
            values.map((value) => value.replaceAll("&{", "${")),
          );
        }),
      );
    });
  });
});
