import assert from "node:assert/strict";
import { allowsEveryone, callerKeys } from "../../policy/reading/everyone";
import { readPolicyDocument } from "../../policy/reading/readPolicyDocument";
import type { Rule } from "../../policy/rule/rule";
import { iamRolesTrustChosenPrincipals } from "../../policy/rules/iam/iamRolesTrustChosenPrincipals";
import { iamRolesTrustChosenRepositories } from "../../policy/rules/iam/iamRolesTrustChosenRepositories";
import { kinesisStreamPoliciesAreNotPublic } from "../../policy/rules/kinesis/kinesisStreamPoliciesAreNotPublic";
import { kmsKeysAreNotPublic } from "../../policy/rules/kms/kmsKeysAreNotPublic";
import { s3BucketPoliciesAreNotPublic } from "../../policy/rules/s3/s3BucketPoliciesAreNotPublic";
import { evaluatePolicies, resource } from "../../policy/testing";
import { bucketDenials } from "./documents/bucketDenials";
import { bucketPolicies } from "./documents/bucketPolicies";
import { keyPolicies } from "./documents/keyPolicies";
import { queuePolicies, streamPolicies, topicPolicies } from "./documents/otherPolicies";
import type { PolicyCase, WrittenStatement } from "./documents/policyCase";
import { trustPolicies } from "./documents/trustPolicies";

type Verdict = PolicyCase[1];
/** The rules with a violation, or the verdict of the function that rules call. */
type Evaluate = (document: string) => Promise<readonly string[] | Verdict>;

const json = (statements: readonly WrittenStatement[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Evaluates the document as a property of a resource. */
const byRules =
  (rules: readonly Rule[], type: string, property: string): Evaluate =>
  async (document) => {
    const { violations, undecided } = await evaluatePolicies(rules, [
      resource(type, "resource", { [property]: document }),
    ]);
    assert.deepEqual(undecided, []);
    return violations.map(({ policy }) => policy);
  };

/** Topics and queues have no keys of their own that restrict callers. */
const byStatements: Evaluate = (document) => {
  const { statements = [], problems = [] } = readPolicyDocument(document) ?? {};
  assert.deepEqual(problems, []);
  const isPublic = statements.some(
    (statement) => allowsEveryone(statement, callerKeys, statements) === true,
  );
  return Promise.resolve(isPublic ? "public" : "private");
};

const trustRules = [iamRolesTrustChosenPrincipals, iamRolesTrustChosenRepositories];
const bucketPolicy = byRules(
  [s3BucketPoliciesAreNotPublic],
  "aws:s3/bucketPolicy:BucketPolicy",
  "policy",
);
const tables: readonly (readonly [string, readonly PolicyCase[], Evaluate])[] = [
  ["a bucket policy for", bucketPolicies, bucketPolicy],
  ["a bucket policy for everyone, with", bucketDenials, bucketPolicy],
  ["a key policy for", keyPolicies, byRules([kmsKeysAreNotPublic], "aws:kms/key:Key", "policy")],
  [
    "a stream policy for",
    streamPolicies,
    byRules(
      [kinesisStreamPoliciesAreNotPublic],
      "aws:kinesis/resourcePolicy:ResourcePolicy",
      "policy",
    ),
  ],
  ["a topic policy for", topicPolicies, byStatements],
  ["a queue policy for", queuePolicies, byStatements],
  [
    "a trust policy for",
    trustPolicies,
    byRules(trustRules, "aws:iam/role:Role", "assumeRolePolicy"),
  ],
];

describe("the table of policy documents", () => {
  for (const [kind, cases, evaluate] of tables) {
    for (const [title, verdict, source, ...statements] of cases) {
      it(`finds ${kind} ${title} ${verdict} (${source})`, async () => {
        const found = await evaluate(json(statements));
        if (typeof found === "string") assert.equal(found, verdict);
        // Exactly one rule evaluates each way to be public.
        else assert.equal(found.length, verdict === "public" ? 1 : 0, found.join());
      });
    }
  }

  it("has at least 150 cases, none twice, each with the page of AWS that decides", () => {
    const titles = tables.flatMap(([kind, cases]) => cases.map(([title]) => `${kind} ${title}`));
    assert.ok(titles.length >= 150);
    assert.deepEqual(
      titles.filter((title, index) => titles.indexOf(title) !== index),
      [],
    );
    for (const [, , source] of tables.flatMap(([, cases]) => cases)) {
      assert.match(source, /^(IAM|Amazon|AWS) .*Guide, ./);
    }
  });
});
