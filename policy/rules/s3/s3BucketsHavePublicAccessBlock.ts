import { bucketTypes, publicAccessBlockType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { requireCompanion } from "./requireCompanion";
import { blockPublicAccess } from "./securityHubControls";

export const s3BucketsHavePublicAccessBlock = stackRule({
  name: "s3-buckets-have-public-access-block",
  title: "S3 buckets have a public access block",
  description: "Every S3 bucket has a BucketPublicAccessBlock.",
  severity: "high",
  references: {
    securityHub: [blockPublicAccess],
    checkov: ["CKV2_AWS_6"],
    cdkNag: ["AwsSolutions-S2"],
    trivy: ["AWS-0094"],
    prowler: ["s3_bucket_level_public_access_block"],
    cfnGuard: ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"],
  },
  remediationSteps:
    "Add an aws.s3.BucketPublicAccessBlock with all four flags true for the bucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [publicAccessBlockType],
    what: "public access block",
    fix: "add an aws.s3.BucketPublicAccessBlock with all four flags true",
  }),
});
