import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { requireSsl } from "./securityHubControls";
import { missingForTlsOnly } from "./tlsStatement";

export const s3BucketPoliciesRequireTls = resourceRule({
  name: "s3-bucket-policies-require-tls",
  title: "S3 bucket policies require TLS",
  description: "Every bucket policy denies all S3 actions to everyone on requests without TLS.",
  severity: "high",
  references: {
    securityHub: [requireSsl],
    checkov: ["CKV_AWS_379"],
    cdkNag: ["AwsSolutions-S10"],
    prowler: ["s3_bucket_secure_transport_policy"],
    cfnGuard: ["S3_BUCKET_SSL_REQUESTS_ONLY"],
  },
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "s3:*", the bucket\'s ARN and "<ARN>/*" as Resource, and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: [bucketPolicyType, ...bucketTypes],
  evaluate({ type, props }, verdict) {
    const document = readPolicyDocument(readValue(props, "policy"));
    if (document === undefined) {
      if (type === bucketPolicyType) verdict.violation("policy is absent.");
      else verdict.inapplicable("the bucket has no in-line policy");
      return;
    }
    const { statements, problems } = document;
    const missing = statements.length > 0 ? missingForTlsOnly(statements) : [];
    if (missing === UNKNOWN) verdict.undecided("policy");
    const shortcomings = missing === UNKNOWN ? [] : missing;
    for (const message of [...problems, ...shortcomings]) {
      verdict.violation(`policy: ${message}.`);
    }
  },
});
