import assert from "node:assert/strict";
import fc from "fast-check";
import { authorizeBestCase } from "../../../aws/iam/evaluation/authorize";
import { readPolicy } from "../../../aws/iam/language/readPolicy";
import { allowsEveryone, bucketCallerKeys, kmsCallerKeys } from "../../../policy/reading/everyone";
import { readPolicyDocument } from "../../../policy/reading/readPolicyDocument";
import { anyOf, type Decision, UNKNOWN, type Value } from "../../../policy/reading/value";
import {
  account,
  organization,
  otherAccount,
  type WrittenStatement,
} from "../documents/policyCase";
import { variants } from "../replaceEach";

const keys = [...bucketCallerKeys, ...kmsCallerKeys];
const role = (id: string) => `arn:aws:iam::${id}:role/reader`;

function isPublic(document: readonly unknown[]): Decision {
  const { statements = [] } = readPolicyDocument({ Statement: document as Value }) ?? {};
  return anyOf(statements.map((statement) => allowsEveryone(statement, keys, statements)));
}

/** Values of condition keys: fixed ones and those that anyone can have. */
const values: Readonly<Record<string, readonly string[]>> = {
  "aws:PrincipalOrgID": [organization, "o-*", "*"],
  "aws:PrincipalOrgPaths": [`${organization}/*`, "o-*", `${organization}/r-ab12/ou-1/`],
  "aws:PrincipalAccount": [account, "2*", "anonymous"],
  "aws:PrincipalArn": [
    role(account),
    `arn:aws:iam::${account}:role/*`,
    "arn:aws:iam::*:role/reader",
  ],
  "aws:SourceIp": ["203.0.113.0/24", "198.0.0.0/7", "0.0.0.0/0", "2001:db8::/32", "::/0"],
  "aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-*"],
  "aws:SourceArn": [`arn:aws:sns:*:${account}:*`, "arn:aws:s3:::lake", "arn:aws:s3:*:*:*"],
  "aws:userid": ["AIDAEXAMPLE", "AROA*", "anonymous"],
  "kms:CallerAccount": [account, "*"],
  "kms:ViaService": ["s3.us-east-1.amazonaws.com"],
  "aws:Referer": ["https://example.com"],
  "aws:SecureTransport": ["true", "false"],
  "aws:PrincipalTag/team": ["data"],
};

const addressOperators = ["IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"];
const arnOperators = [
  "ArnLike",
  "ArnNotLike",
  "ArnEquals",
  "ArnNotEqualsIfExists",
  "StringNotLike",
];
const stringOperators = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "StringEqualsIfExists",
  "StringNotEqualsIfExists",
  "ForAnyValue:StringLike",
  "ForAnyValue:StringNotLike",
  "ForAllValues:StringLike",
  "ForAllValues:StringNotEquals",
];

function operatorsFor(key: string): readonly string[] {
  if (key === "aws:SecureTransport") return ["Bool", "BoolIfExists"];
  if (key === "aws:SourceIp") return addressOperators;
  return key.endsWith("Arn") ? arnOperators : stringOperators;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const condition: fc.Arbitrary<Conditions> = fc.constantFrom(...Object.keys(values)).chain((key) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...operatorsFor(key)),
          fc.uniqueArray(fc.constantFrom(...(values[key] ?? [])), { minLength: 1, maxLength: 2 }),
        )
        .map(([operator, wanted]) => ({ [operator]: { [key]: wanted } })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("true", "false")
        .map((isMissing) => ({ Null: { [key]: [isMissing] } })),
    },
  ),
);

function merge(blocks: readonly Conditions[]): Conditions {
  return blocks.reduce<Conditions>((merged, block) => {
    const entries = Object.entries(block).map(([operator, tested]) => [
      operator,
      { ...merged[operator], ...tested },
    ]);
    return { ...merged, ...(Object.fromEntries(entries) as Conditions) };
  }, {});
}

const conditions = fc
  .array(condition, { maxLength: 2 })
  .map((blocks) => (blocks.length === 0 ? {} : { Condition: merge(blocks) }));

const element = (name: string, patterns: readonly string[]) =>
  fc
    .tuple(
      fc.constantFrom(name, name, name, `Not${name}`),
      fc.uniqueArray(fc.constantFrom(...patterns), { minLength: 1, maxLength: 2 }),
    )
    .map(([written, chosen]) => ({ [written]: chosen }));

const actions = ["s3:GetObject", "s3:PutObject", "s3:Get*", "s3:*", "s3:?etObject", "*"];
const resources = [
  "arn:aws:s3:::lake",
  "arn:aws:s3:::lake/a",
  "arn:aws:s3:::lake/*",
  "arn:aws:s3:::*",
  "*",
];

const named = fc.constantFrom(
  { Principal: "*" },
  { Principal: "*" },
  { Principal: { AWS: "*" } },
  { Principal: { AWS: role(account) } },
  { Principal: { Service: "cloudtrail.amazonaws.com" } },
  { NotPrincipal: { AWS: [role(account), `arn:aws:iam::${account}:root`] } },
);

const statement = (effects: readonly string[]): fc.Arbitrary<WrittenStatement> =>
  fc
    .tuple(
      fc.constantFrom(...effects),
      named,
      element("Action", actions),
      element("Resource", resources),
      conditions,
    )
    .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as WrittenStatement);

const document = fc.array(statement(["Allow", "Deny"]), { minLength: 1, maxLength: 4 });
/** Such that many are private because of their Deny statements. */
const denying = fc
  .tuple(statement(["Allow"]), fc.array(statement(["Deny"]), { minLength: 1, maxLength: 3 }))
  .map(([allow, denials]) => [allow, ...denials]);

/** Conditions that hold for every request, whatever its caller. */
const alwaysTrue: readonly Conditions[] = [
  { DateGreaterThan: { "aws:CurrentTime": ["2000-01-01T00:00:00Z"] } },
  { NumericGreaterThan: { "aws:EpochTime": ["0"] } },
  { Null: { "aws:CurrentTime": ["false"] } },
  { Null: { "aws:SourceVpce": ["true", "false"] } },
  { BoolIfExists: { "aws:ViaAWSService": ["true", "false"] } },
  { IpAddressIfExists: { "aws:SourceIp": ["0.0.0.0/0", "::/0"] } },
  { IpAddressIfExists: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"] } },
  { StringLikeIfExists: { "aws:PrincipalOrgID": ["*"] } },
  { StringLikeIfExists: { "aws:PrincipalAccount": ["*", account] } },
  { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": ["*"] } },
  { ArnLikeIfExists: { "aws:SourceArn": ["arn:*:*:*:*:*"] } },
  { StringNotEquals: { "aws:UserAgent": ["nobody"] } },
  { StringNotEqualsIfExists: { "kms:ViaService": ["nothing.amazonaws.com"] } },
];

/** Whether merging adds the condition, and replaces none. */
function isNew({ Condition = {} }: WrittenStatement, added: Conditions): boolean {
  const present = Condition as Conditions;
  return Object.entries(added).every(([operator, tested]) =>
    Object.keys(tested).every((key) => present[operator]?.[key] === undefined),
  );
}

const policyOf = (name: string, Statement: unknown) =>
  readPolicy(name, JSON.stringify({ Version: "2012-10-17", Statement }));
/** The stranger's own account allows everything. */
const identity = [policyOf("role policy", [{ Effect: "Allow", Action: "*", Resource: "*" }])];
const resourceAccount = account;

/** What AWS sets for a stranger's requests: several values, or an empty list for a missing key. */
const strangerContexts: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  "aws:PrincipalAccount": [otherAccount],
  "kms:CallerAccount": [otherAccount],
  "aws:PrincipalArn": [role(otherAccount)],
  "aws:PrincipalOrgID": ["o-stranger99", []],
  "aws:PrincipalOrgPaths": [["o-stranger99/r-ab12/ou-1/"], []],
  "aws:userid": ["AROASTRANGER:me"],
  "aws:SourceIp": ["198.51.100.7", "199.1.2.3", "2600::1", []],
  "aws:SourceVpce": ["vpce-9z8y7x6w", []],
  "aws:SourceArn": [`arn:aws:sns:us-east-1:${otherAccount}:topic`, "arn:aws:s3:::stranger", []],
  "aws:SecureTransport": ["true", "false"],
  "kms:ViaService": ["s3.us-east-1.amazonaws.com", []],
  "aws:Referer": ["https://example.com", []],
  "aws:PrincipalTag/team": ["data", []],
};

const request = fc
  .record({
    action: fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:ListBucket"),
    resource: fc.constantFrom("arn:aws:s3:::lake", "arn:aws:s3:::lake/a", "arn:aws:s3:::lake/b/c"),
    context: fc.record(
      Object.fromEntries(
        Object.entries(strangerContexts).map(([key, found]) => [key, fc.constantFrom(...found)]),
      ),
    ),
  })
  .map(({ context, ...rest }) => ({
    ...rest,
    context: { "*": [], ...context },
    caller: { roleArn: role(otherAccount), sessionName: "me" },
  }));
const requests = fc.array(request, { minLength: 20, maxLength: 20 });

const insert = <T>(list: readonly T[], at: number, item: T): readonly T[] => [
  ...list.slice(0, at),
  item,
  ...list.slice(at),
];
const replace = <T>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((other, index) => (index === at ? item : other));

const many = { numRuns: 2000 };

describe("the callers of a document", () => {
  it("stay everyone when an Allow statement is added", () => {
    fc.assert(
      fc.property(document, statement(["Allow"]), fc.nat(), (statements, added, at) => {
        fc.pre(isPublic(statements) === true);
        const place = at % (statements.length + 1);
        assert.equal(isPublic(insert(statements, place, added)), true);
      }),
      many,
    );
  });

  it("stay everyone when a condition is added that always holds", () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...alwaysTrue), fc.nat(), (statements, added, at) => {
        const place = at % statements.length;
        const chosen = statements[place] ?? {};
        fc.pre(isPublic(statements) === true && isNew(chosen, added));
        const Condition = merge([(chosen["Condition"] ?? {}) as Conditions, added]);
        assert.equal(isPublic(replace(statements, place, { ...chosen, Condition })), true);
      }),
      many,
    );
  });

  it("stay chosen ones when a Deny statement is added", () => {
    fc.assert(
      fc.property(document, statement(["Deny"]), fc.nat(), (statements, added, at) => {
        fc.pre(isPublic(statements) === false);
        const place = at % (statements.length + 1);
        assert.equal(isPublic(insert(statements, place, added)), false);
      }),
      many,
    );
  });

  it("do not depend on the order of statements", () => {
    fc.assert(
      fc.property(document, (statements) => {
        assert.equal(isPublic(statements), isPublic([...statements].reverse()));
      }),
      many,
    );
  });

  it("are the same, or undecided, when a value becomes unknown", () => {
    fc.assert(
      fc.property(fc.oneof(document, denying), (statements) => {
        const known = isPublic(statements);
        for (const { path, value } of variants(statements, UNKNOWN, "")) {
          const found = isPublic(value as readonly unknown[]);
          assert.ok(found === known || found === UNKNOWN, `with ${path} unknown`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("do not include a stranger whom IAM would allow", () => {
    let privates = 0;
    fc.assert(
      fc.property(fc.oneof(document, denying), requests, (statements, strangers) => {
        if (isPublic(statements) !== false) return;
        privates += statements.some(({ Effect }) => Effect === "Allow") ? 1 : 0;
        const resource = policyOf("bucket policy", statements);
        for (const request of strangers) {
          const { outcome } = authorizeBestCase(request, { identity, resource, resourceAccount });
          assert.equal(outcome, "denied", JSON.stringify(request));
        }
      }),
      many,
    );
    assert.ok(privates > 100, "the generated documents include enough private ones");
  });
});
