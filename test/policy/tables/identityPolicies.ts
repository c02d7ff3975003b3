import { secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

export const arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
export const good = {
  Effect: "Allow",
  Action: ["kinesis:GetRecords", "kinesis:ListShards"],
  Resource: arn,
};

const documentOf = (statements: readonly unknown[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const policyOf = (document: unknown, type = "aws:iam/rolePolicy:RolePolicy"): TestResource[] => [
  { type, name: "policy", props: { role: "role", policy: document } },
];
const json = (...statements: readonly unknown[]) =>
  policyOf(JSON.stringify(documentOf(statements)));
export const object = (...statements: readonly unknown[]) => policyOf(documentOf(statements));
export const allow = (part: object) => json({ ...good, ...part });
const role = (inlinePolicies: unknown): TestResource[] => [
  {
    type: "aws:iam/role:Role",
    name: "role",
    // These rules do not evaluate trust policies, which have no Resource.
    props: { assumeRolePolicy: JSON.stringify(documentOf([{ Action: "*" }])), inlinePolicies },
  },
];
const inline = (...statements: readonly unknown[]) => ({
  name: "inline",
  policy: JSON.stringify(documentOf(statements)),
});
const typesWithPolicy = [
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/policy:Policy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];

/** Cases common to all rules on identity policies. */
export const shared = {
  pass: {
    "specific actions on a specific resource": { resources: json(good) },
    "a document that is an object": { resources: object(good) },
    "a single statement outside a list": {
      resources: policyOf(JSON.stringify({ Statement: good })),
    },
    "a secret document": { resources: policyOf(secret(JSON.stringify(documentOf([good])))) },
    "a Deny statement with wildcards": {
      resources: json(good, { Effect: "Deny", NotAction: "*", Resource: "*" }),
    },
    "a role without in-line policies": { resources: role(undefined) },
    "a role's in-line policies": { resources: role([inline(good), { name: "empty" }]) },
  },
  undecided: {
    "an unknown document": { resources: policyOf(unknown), what: "policy" },
    "an unknown statement": { resources: object(good, unknown), what: "policy" },
    "unknown in-line policies": { resources: role(unknown), what: "inlinePolicies[0].policy" },
    "an unknown in-line policy": {
      resources: role([inline(good), { policy: unknown }]),
      what: "inlinePolicies[1].policy",
    },
  },
  notApplicable: {
    "a string that is not JSON, which one rule reports": {
      resources: policyOf(secret("hunter2")),
      reason: /cannot be read, which iam-policies-grant-no-administration reports/,
    },
    "in-line policies that are not JSON": {
      resources: role([{ name: "inline", policy: "{" }]),
      reason: /cannot be read, which iam-policies-grant-no-administration reports/,
    },
    "a bucket policy, whose wildcards are the bucket's own": {
      resources: policyOf(
        documentOf([{ ...good, Action: "s3:*" }]),
        "aws:s3/bucketPolicy:BucketPolicy",
      ),
      reason: /^applies to/,
    },
    "a key policy, whose resource is always the key": {
      resources: policyOf(
        documentOf([{ ...good, Action: "kms:*", Resource: "*" }]),
        "aws:kms/key:Key",
      ),
      reason: /^applies to/,
    },
  },
} as const;

/** Cases of the one rule that reports what AWS would reject. */
export const reporting = {
  fail: {
    "a string that is not JSON, without quoting it": {
      resources: policyOf(secret("hunter2")),
      messages: [/policy: is not valid JSON\.$/],
    },
    "an element name in another case": {
      resources: json({ effect: "Allow", action: "*", resource: "*" }),
      messages: [
        /Statement\[0\] has an element other than Sid, Effect/,
        /Statement\[0\] has neither Action nor NotAction/,
        /Statement\[0\] has neither Resource nor NotResource/,
        /Statement\[0\]\.Effect is neither/,
      ],
    },
    "an in-line policy that is not JSON": {
      resources: role([{ name: "inline", policy: "{" }, inline(good)]),
      messages: [/inlinePolicies\[0\]\.policy: is not valid JSON/],
    },
  },
  notApplicable: Object.fromEntries(
    Object.entries(shared.notApplicable).filter(([, { reason }]) => /applies/.test(String(reason))),
  ),
};

/** One violation in every property that can contain an identity policy. */
export function everywhere(statement: unknown, message: RegExp): PolicyTable["fail"] {
  const document = JSON.stringify(documentOf([good, statement]));
  const places = typesWithPolicy.map(
    (type) =>
      [
        `a violation in ${type}`,
        { resources: policyOf(document, type), messages: [message] },
      ] as const,
  );
  return {
    ...Object.fromEntries(places),
    "a violation in a role's in-line policy": {
      resources: role([inline(good), inline(statement)]),
      messages: [/inlinePolicies\[1\]\.policy: Statement\[0\] allows/],
    },
  };
}
