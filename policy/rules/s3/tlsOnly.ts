import type { Policy, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { judgeResource, judgeStack } from "../../judge";
import { readPolicyDocument } from "../../policyDocument";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { securityHub } from "../../securityHub";
import { UNKNOWN, readValue } from "../../value";
import { requireCompanion } from "./requireCompanion";
import { missingForTlsOnly } from "./tlsStatement";

const metadata = {
  severity: "high",
  enforcementLevel: "mandatory",
  framework: securityHub("S3.5", "S3 general purpose buckets should require requests to use SSL."),
  tags: [
    "security-hub:S3.5",
    "checkov:CKV_AWS_379",
    "cdk-nag:AwsSolutions-S10",
    "prowler:s3_bucket_secure_transport_policy",
    "cfn-guard:S3_BUCKET_SSL_REQUESTS_ONLY",
  ],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
} satisfies Partial<Policy>;

export const s3BucketsHavePolicy: StackValidationPolicy = {
  ...metadata,
  name: "s3-buckets-have-policy",
  displayName: "S3 buckets have a bucket policy",
  description: "Every S3 bucket has a bucket policy, where requests without TLS are denied.",
  remediationSteps: "Add an aws.s3.BucketPolicy for the bucket that denies requests without TLS.",
  validateStack: judgeStack({}, (resources, verdict) => {
    requireCompanion(resources, verdict, {
      types: [bucketPolicyType],
      what: "bucket policy",
      fix: "add an aws.s3.BucketPolicy that denies requests without TLS",
      // An empty text is how the provider reports that a bucket has none.
      inline: ({ props }) => (readValue(props, "policy") ?? "") !== "",
    });
  }),
};

export const s3BucketPoliciesRequireTls: ResourceValidationPolicy = {
  ...metadata,
  name: "s3-bucket-policies-require-tls",
  displayName: "S3 bucket policies require TLS",
  description: "Every bucket policy denies everyone every S3 action on a request without TLS.",
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "s3:*", the bucket\'s ARN and "<ARN>/*" as Resource, and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  validateResource: judgeResource([bucketPolicyType, ...bucketTypes], {}, (resource, verdict) => {
    const document = readPolicyDocument(readValue(resource.props, "policy"));
    if (document === undefined) {
      if (resource.type === bucketPolicyType) verdict.violation("policy is absent.");
      else verdict.inapplicable("the bucket has no in-line policy");
      return;
    }
    const { statements, problems } = document;
    const missing = statements.length > 0 ? missingForTlsOnly(statements) : [];
    if (missing === UNKNOWN) verdict.undecided("policy");
    const faults = missing === UNKNOWN ? [] : missing;
    for (const fault of [...problems, ...faults]) verdict.violation(`policy: ${fault}.`);
  }),
};
