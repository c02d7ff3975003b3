import { readValue } from "../../reading/value";
import { bucketPolicyType, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";
import { requireSsl } from "./securityHubControls";

export const s3BucketsHavePolicy = stackRule({
  name: "s3-buckets-have-policy",
  title: "S3 buckets have a bucket policy",
  description: "Every S3 bucket has a bucket policy, which can deny requests without TLS.",
  severity: "high",
  references: {
    securityHub: [requireSsl],
    checkov: ["CKV_AWS_379"],
    cdkNag: ["AwsSolutions-S10"],
    prowler: ["s3_bucket_secure_transport_policy"],
    cfnGuard: ["S3_BUCKET_SSL_REQUESTS_ONLY"],
  },
  remediationSteps: "Add an aws.s3.BucketPolicy for the bucket that denies requests without TLS.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [bucketPolicyType],
    what: "bucket policy",
    fix: "add an aws.s3.BucketPolicy that denies requests without TLS",
    // The provider reports an empty string for a bucket without a policy.
    inline: ({ props }) => (readValue(props, "policy") ?? "") !== "",
  }),
});
