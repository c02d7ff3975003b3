import { bucketObjectLockTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { hasInline } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";

/** Disabled by default: Object Lock fits only buckets whose objects must be retained. */
export const s3BucketsLockObjects = stackRule({
  name: "s3-buckets-lock-objects",
  title: "S3 buckets lock their objects",
  description: "Every S3 bucket has Object Lock, which prevents the deletion of retained objects.",
  severity: "low",
  level: "disabled",
  references: {
    securityHub: [
      { id: "S3.15", title: "S3 general purpose buckets should have Object Lock enabled." },
    ],
    checkov: ["CKV_AWS_143"],
    cdkNag: ["S3BucketDefaultLockEnabled"],
    prowler: ["s3_bucket_object_lock"],
    cfnGuard: ["S3_BUCKET_DEFAULT_LOCK_ENABLED"],
  },
  remediationSteps:
    "Set objectLockEnabled on the bucket, or add an aws.s3.BucketObjectLockConfiguration.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: bucketObjectLockTypes,
    what: "Object Lock",
    fix: "set objectLockEnabled, or add an aws.s3.BucketObjectLockConfiguration",
    inline: hasInline(
      ["objectLockEnabled", "objectLockConfiguration.objectLockEnabled"],
      (enabled) => enabled === true || enabled === "Enabled",
    ),
  }),
});
