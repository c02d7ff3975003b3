import { bucketLifecycleTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { hasInline } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";
import { haveLifecycle, haveLifecycleOfVersions } from "./securityHubControls";

export const s3BucketsHaveLifecycle = stackRule({
  name: "s3-buckets-have-lifecycle",
  title: "S3 buckets have a lifecycle",
  description: "Every S3 bucket has lifecycle rules, in a separate configuration or in-line.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [haveLifecycle, haveLifecycleOfVersions],
    checkov: ["CKV2_AWS_61"],
    prowler: ["s3_bucket_lifecycle_enabled"],
  },
  remediationSteps:
    "Add an aws.s3.BucketLifecycleConfiguration that aborts incomplete uploads and expires noncurrent versions.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: bucketLifecycleTypes,
    what: "lifecycle",
    fix: "add an aws.s3.BucketLifecycleConfiguration",
    inline: hasInline(["lifecycleRules"]),
  }),
});
