import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateExclusions } from "../resourcePolicies/resourcePolicy";

export const s3BucketPoliciesHaveNoExclusions = resourceRule({
  name: "s3-bucket-policies-have-no-exclusions",
  title: "S3 bucket policies allow no actions by exclusion",
  description: "No Allow statement of a bucket policy has NotAction.",
  severity: "high",
  references: { cfnGuard: ["S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION"] },
  remediationSteps: "Replace NotAction with Action.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate: evaluateExclusions,
});
