import { allowsEveryone, bucketCallerKeys } from "../../reading/everyone";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { blockPublicRead, blockPublicWrite } from "./securityHubControls";

export const s3BucketPoliciesAreNotPublic = resourceRule({
  name: "s3-bucket-policies-are-not-public",
  title: "S3 bucket policies are not public",
  description:
    "No bucket policy allows everyone access without a condition that restricts the callers.",
  severity: "critical",
  references: {
    securityHub: [blockPublicRead, blockPublicWrite],
    checkov: ["CKV_AWS_70"],
    cdkNag: ["S3BucketPublicReadProhibited", "S3BucketPublicWriteProhibited"],
    prowler: ["s3_bucket_policy_public_write_access", "s3_bucket_public_access"],
    cfnGuard: [
      "S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL",
      "S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    ],
  },
  remediationSteps:
    "Specify the principals that need access, or add a condition with fixed values of aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate({ props }, verdict) {
    const document = readPolicyDocument(readValue(props, "policy"));
    if (document === undefined) {
      verdict.inapplicable("there is no bucket policy");
      return;
    }
    for (const problem of document.problems) verdict.violation(`policy: ${problem}.`);
    for (const statement of document.statements) {
      const isPublic = allowsEveryone(statement, bucketCallerKeys, document.statements);
      if (isPublic === UNKNOWN) verdict.undecided("policy");
      else if (isPublic) {
        verdict.violation(
          `policy: ${statement.path} allows everyone: specify principals, or add a condition with fixed values of aws:PrincipalOrgID, aws:SourceAccount or aws:SourceVpce.`,
        );
      }
    }
  },
});
