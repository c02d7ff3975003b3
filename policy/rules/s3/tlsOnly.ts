import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";
import { missingForTlsOnly } from "./tlsStatement";

const references = {
  securityHub: [
    { id: "S3.5", title: "S3 general purpose buckets should require requests to use SSL." },
  ],
  checkov: ["CKV_AWS_379"],
  cdkNag: ["AwsSolutions-S10"],
  prowler: ["s3_bucket_secure_transport_policy"],
  cfnGuard: ["S3_BUCKET_SSL_REQUESTS_ONLY"],
};
const url = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html";

export const s3BucketsHavePolicy = stackRule({
  name: "s3-buckets-have-policy",
  title: "S3 buckets have a bucket policy",
  description: "Every S3 bucket has a bucket policy, where requests without TLS are denied.",
  severity: "high",
  references,
  remediationSteps: "Add an aws.s3.BucketPolicy for the bucket that denies requests without TLS.",
  url,
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [bucketPolicyType],
    what: "bucket policy",
    fix: "add an aws.s3.BucketPolicy that denies requests without TLS",
    // An empty text is how the provider reports that a bucket has none.
    inline: ({ props }) => (readValue(props, "policy") ?? "") !== "",
  }),
});

export const s3BucketPoliciesRequireTls = resourceRule({
  name: "s3-bucket-policies-require-tls",
  title: "S3 bucket policies require TLS",
  description: "Every bucket policy denies everyone every S3 action on a request without TLS.",
  severity: "high",
  references,
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "s3:*", the bucket\'s ARN and "<ARN>/*" as Resource, and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  url,
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
    const faults = missing === UNKNOWN ? [] : missing;
    for (const fault of [...problems, ...faults]) verdict.violation(`policy: ${fault}.`);
  },
});
