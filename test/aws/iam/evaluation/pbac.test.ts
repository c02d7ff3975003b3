import assert from "node:assert/strict";
import fc from "fast-check";
import PBAC from "pbac";
import { bucketArn, decide, keyArn, objectArn, policy, putObject } from "../support/iamPolicies";
import type { WrittenStatement } from "../support/iamPolicies";

/** Condition key -> its values in the request. */
type Context = Readonly<Record<string, string | number | boolean | readonly string[]>>;

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly statements: readonly WrittenStatement[];
}

function isAllowedHere({ action, resource, context, statements }: Question): boolean {
  const strings: Record<string, string | readonly string[]> = {};
  for (const [key, value] of Object.entries(context))
    strings[key] = typeof value === "object" ? value : String(value);
  const request = { ...putObject, action, resource, context: strings };
  return decide(request, { identity: [policy("role", ...statements)] }).outcome === "allowed";
}

function isAllowedByPbac({ action, resource, context, statements }: Question): boolean {
  const nested: Record<string, Record<string, unknown>> = {};
  for (const [key, value] of Object.entries(context)) {
    const [prefix = "", name = ""] = key.split(":");
    (nested[prefix] ??= {})[name] = value;
  }
  const document = { Version: "2012-10-17", Statement: statements };
  return new PBAC(document, { validateSchema: false, validatePolicies: false }).evaluate({
    ...{ action, resource },
    context: nested,
  });
}

const context = {
  "aws:SourceAccount": "123456789012",
  "aws:SourceArn": "arn:aws:firehose:eu-central-1:123456789012:deliverystream/clicks",
  "aws:SourceIp": "203.0.113.7",
  "aws:SecureTransport": true,
  "aws:CurrentTime": "2026-11-26T10:00:00Z",
  "aws:username": "clicks",
  "aws:TagKeys": ["team", "stage"],
  "s3:max-keys": 10,
} satisfies Context;

/** Text in the alphabet of a value, with wildcards in some places. */
const patternOf = (value: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(value.length), fc.nat(value.length), fc.constantFrom("*", "?", "", "x"))
    .map(([one, other, part]) => {
      const [start, end] = one < other ? [one, other] : [other, one];
      return value.slice(0, start) + part + value.slice(end);
    })
    .filter((pattern) => pattern !== "");
const oneOrMore = (pattern: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.array(pattern, { minLength: 1, maxLength: 3 });

// Of other services, such as KMS, identity-based policies alone decide no call.
const actions = ["s3:PutObject", "s3:GetObject", "firehose:PutRecord"];
const resources = [bucketArn, objectArn, keyArn];
/** IAM has no policy with wildcards in the name of a service, or in an ARN before the name. */
const patternAfter = (prefix: RegExp) => (value: string) =>
  patternOf(value.replace(prefix, "")).map((rest) => (prefix.exec(value)?.[0] ?? "") + rest);
const actionPattern = fc.constantFrom(...actions).chain(patternAfter(/^\w+:/u));
const resourcePattern = fc.oneof(
  fc.constantFrom(...resources).chain(patternAfter(/^arn:aws:\w+:.*:(?:key\/)?/u)),
  fc.constant(`${bucketArn}/\${aws:username}/*`),
);

/** Conditions on which both evaluators define an answer: see the disagreements below. */
const condition: fc.Arbitrary<object> = fc.oneof(
  fc.constant({}),
  stringCondition(["StringEquals", "StringLike", "StringEqualsIgnoreCase"], 3),
  stringCondition(["StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase"], 1),
  fc
    .tuple(
      fc.constantFrom("NumericEquals", "NumericLessThan", "NumericGreaterThanEquals"),
      fc.array(fc.integer({ min: 8, max: 12 }), { minLength: 1, maxLength: 3 }),
    )
    .map(([operator, numbers]) => ({ [operator]: { "s3:max-keys": numbers } })),
  fc
    .tuple(
      fc.constantFrom("DateEquals", "DateLessThan", "DateGreaterThanEquals"),
      fc.constantFrom("2026-11-26T10:00:00Z", "2026-11-25T00:00:00Z", "2026-11-27T00:00:00Z"),
    )
    .map(([operator, time]) => ({ [operator]: { "aws:CurrentTime": time } })),
  fc
    .constantFrom("true", "false")
    .map((isSecure) => ({ Bool: { "aws:SecureTransport": isSecure } })),
  fc
    .tuple(
      fc.constantFrom("IpAddress", "NotIpAddress"),
      fc.constantFrom("203.0.113.0/24", "203.0.113.7/32", "198.51.100.0/24", "203.0.113.8/29"),
    )
    .map(([operator, range]) => ({ [operator]: { "aws:SourceIp": range } })),
  fc
    .tuple(
      fc.constantFrom("ForAnyValue:StringLike", "ForAllValues:StringLike"),
      oneOrMore(fc.constantFrom("team", "stage", "t*", "?????", "owner", "*")),
    )
    .map(([operator, tags]) => ({ [operator]: { "aws:TagKeys": tags } })),
  fc
    .constantFrom("clicks", "*", "views", "clic?s")
    .map((name) => context["aws:SourceArn"].replace("clicks", name))
    .map((arn) => ({ ArnLike: { "aws:SourceArn": arn } })),
);

function stringCondition(operators: readonly string[], maxLength: number): fc.Arbitrary<object> {
  const key = fc.constantFrom("aws:SourceAccount", "aws:SourceArn", "aws:username");
  return fc.tuple(fc.constantFrom(...operators), key).chain(([operator, name]) =>
    fc
      .array(patternOf(String(context[name as keyof typeof context])), {
        minLength: 1,
        maxLength,
      })
      .map((patterns) => ({ [operator]: { [name]: patterns } })),
  );
}

const statement: fc.Arbitrary<WrittenStatement> = fc
  .record({
    effect: fc.constantFrom("Allow", "Allow", "Deny"),
    action: fc.tuple(fc.constantFrom("Action", "Action", "NotAction"), oneOrMore(actionPattern)),
    resource: fc.tuple(
      fc.constantFrom("Resource", "Resource", "NotResource"),
      oneOrMore(resourcePattern),
    ),
    condition,
  })
  .map(({ effect, action, resource, condition: Condition }) => ({
    Effect: effect,
    [action[0]]: action[1],
    [resource[0]]: resource[1],
    Condition,
  }));

const question: fc.Arbitrary<Question> = fc.record({
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources, `${bucketArn}/clicks/1`),
  context: fc.constant(context),
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
});

describe("authorize, compared with pbac", () => {
  it("gives the same answer to questions that both define", () => {
    const answers = new Map<boolean, number>();
    fc.assert(
      fc.property(question, (asked) => {
        const answer = isAllowedHere(asked);
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
        assert.equal(isAllowedByPbac(asked), answer);
      }),
      { numRuns: 3000 },
    );
    for (const count of [answers.get(true), answers.get(false)]) assert.ok((count ?? 0) > 100);
  });

  const allow = { Effect: "Allow", Action: ["s3:PutObject"], Resource: [objectArn] };
  const asked = { action: "s3:PutObject", resource: objectArn, context };
  /** What the two define differently, with the page of the IAM User Guide that decides. */
  const disagreements: readonly [
    title: string,
    page: string,
    statement: WrittenStatement,
    isAllowed: boolean,
    different?: Partial<Question>,
  ][] = [
    [
      "ignores the case of actions",
      "IAM JSON policy elements: Action",
      { ...allow, Action: ["S3:putobject"] },
      true,
    ],
    [
      "evaluates each key of an operator",
      "Conditions with multiple context keys or values",
      {
        ...allow,
        Condition: { StringEquals: { "aws:username": "clicks", "aws:SourceAccount": "1" } },
      },
      false,
    ],
    [
      "matches a negated operator only if no value matches",
      "Conditions with multiple context keys or values",
      { ...allow, Condition: { StringNotEquals: { "aws:username": ["clicks", "views"] } } },
      false,
    ],
    [
      "matches a negated operator if the key is absent",
      "IAM JSON policy elements: Condition operators",
      { ...allow, Condition: { StringNotEquals: { "aws:userid": "aws:userid" } } },
      true,
    ],
    [
      "does not read wildcards in the value of a variable",
      "IAM JSON policy elements: Variables and tags",
      { ...allow, Resource: [`${bucketArn}/\${aws:username}`] },
      false,
      { context: { "aws:username": "*" } },
    ],
    [
      "does not match a variable without a value",
      "IAM JSON policy elements: Variables and tags",
      { ...allow, Resource: [`${bucketArn}/\${aws:userid}`] },
      false,
      { resource: `${bucketArn}/aws:userid` },
    ],
  ];
  for (const [title, page, written, isAllowed, different] of disagreements)
    it(`${title} (IAM User Guide, "${page}")`, () => {
      const disputed = { ...asked, ...different, statements: [written] };
      assert.equal(isAllowedHere(disputed), isAllowed);
      assert.equal(isAllowedByPbac(disputed), !isAllowed);
    });
});
