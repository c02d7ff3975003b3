import type { Pattern, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { isOnlyWildcards } from "../../reading/wildcard";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { somePattern } from "../iam/wildcardPatterns";
import { concernsAction } from "../resourcePolicies/actions";
import { readResourcePolicy, statementsOf } from "../resourcePolicies/resourcePolicy";

/** Only the root user can then delete the policy. Source: Amazon S3 API Reference, PutBucketPolicy. */
export const s3BucketPoliciesKeepAccess = resourceRule({
  name: "s3-bucket-policies-keep-access",
  title: "S3 bucket policies lock nobody out",
  description: "No bucket policy denies everyone to change it, without a condition.",
  severity: "high",
  references: { checkov: ["CKV_AWS_93"] },
  remediationSteps:
    "Add a condition to the Deny statement, or deny specific actions other than s3:PutBucketPolicy.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate(resource, verdict) {
    const policy = readResourcePolicy(resource);
    for (const statement of statementsOf(policy, verdict)) {
      const locksOut = deniesChanges(statement);
      if (locksOut === UNKNOWN) verdict.undecided("policy");
      else if (locksOut) {
        verdict.violation(
          `policy: ${statement.path} denies everyone s3:PutBucketPolicy without a condition: add one, or deny specific actions.`,
        );
      }
    }
  },
});

function deniesChanges(statement: Statement): Decision {
  const { effect, everyone, conditions, resource, notResource } = statement;
  return allOf([
    effect === UNKNOWN ? UNKNOWN : effect === "Deny",
    everyone,
    conditions === UNKNOWN ? UNKNOWN : conditions.length === 0,
    concernsAction(statement, "s3:PutBucketPolicy"),
    anyOf([somePattern(resource, coversBucket), leavesBucket(notResource)]),
  ]);
}

/** Not only objects: AWS rejects a policy that names another bucket. */
function coversBucket(pattern: string): boolean {
  return isOnlyWildcards(pattern) || !pattern.includes("/");
}

/** Whether NotResource excludes only objects. */
function leavesBucket(excluded: readonly Pattern[] | undefined): Decision {
  if (excluded === undefined) return false;
  const isExcluded = somePattern(excluded, coversBucket);
  return isExcluded === UNKNOWN ? UNKNOWN : !isExcluded;
}
