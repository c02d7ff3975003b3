import { bucketTypes, bucketVersioningTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { isVersionedInline } from "./bucketVersioning";
import { requireCompanion } from "./requireCompanion";
import { enableVersioning } from "./securityHubControls";

export const s3BucketsHaveVersioning = stackRule({
  name: "s3-buckets-have-versioning",
  title: "S3 buckets have versioning",
  description: "Every S3 bucket has versioning, as a BucketVersioning or in-line.",
  severity: "medium",
  references: {
    securityHub: [enableVersioning],
    checkov: ["CKV_AWS_21"],
    cdkNag: ["S3BucketVersioningEnabled"],
    trivy: ["AWS-0090"],
    prowler: ["s3_bucket_object_versioning"],
    cfnGuard: ["S3_BUCKET_VERSIONING_ENABLED"],
  },
  remediationSteps: 'Add an aws.s3.BucketVersioning with status "Enabled" for the bucket.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: bucketVersioningTypes,
    what: "versioning",
    fix: 'add an aws.s3.BucketVersioning with status "Enabled"',
    inline: isVersionedInline,
  }),
});
