import { UNKNOWN } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { grantsWholeService, quoteAction } from "../iam/wildcardPatterns";
import { evaluatePolicyAllows } from "../resourcePolicies/resourcePolicy";

export const s3BucketPolicyActionsAreSpecific = resourceRule({
  name: "s3-bucket-policy-actions-are-specific",
  title: "S3 bucket policies allow specific actions",
  description: "Bucket policies allow specific actions, never every action or all of S3.",
  severity: "medium",
  level: "advisory",
  references: { cfnGuard: ["S3_BUCKET_POLICY_NO_WILDCARD_ACTION"] },
  remediationSteps: "Specify each action that the principals need, such as s3:GetObject.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate: evaluatePolicyAllows(({ action = [] }) => ({
    violations: action
      .filter((pattern) => pattern !== UNKNOWN)
      .filter(grantsWholeService)
      .map((pattern) => `allows ${quoteAction(pattern)}: specify the required actions`),
    undecided: action.includes(UNKNOWN),
  })),
});
