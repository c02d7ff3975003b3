import {
  bucketNotificationType,
  bucketObjectLockTypes,
  bucketReplicationType,
  bucketTypes,
} from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { hasInline } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";

// What costs money or fits only some buckets: these rules ship disabled.

export const s3BucketsAreReplicated = stackRule({
  name: "s3-buckets-are-replicated",
  title: "S3 buckets are replicated",
  description: "Every S3 bucket copies its objects to another bucket.",
  severity: "low",
  level: "disabled",
  references: {
    securityHub: [
      { id: "S3.7", title: "S3 general purpose buckets should use cross-Region replication." },
    ],
    checkov: ["CKV_AWS_144"],
    cdkNag: ["S3BucketReplicationEnabled"],
    prowler: ["s3_bucket_cross_region_replication"],
    cfnGuard: ["S3_BUCKET_REPLICATION_ENABLED"],
  },
  remediationSteps: "Add an aws.s3.BucketReplicationConfig for the bucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [bucketReplicationType],
    what: "replication",
    fix: "add an aws.s3.BucketReplicationConfig",
    inline: hasInline(["replicationConfiguration.role", "replicationConfigurations.role"]),
  }),
});

export const s3BucketsLockObjects = stackRule({
  name: "s3-buckets-lock-objects",
  title: "S3 buckets lock their objects",
  description: "Every S3 bucket has Object Lock, so that nobody deletes what must be kept.",
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

export const s3BucketsSendEvents = stackRule({
  name: "s3-buckets-send-events",
  title: "S3 buckets send event notifications",
  description: "Every S3 bucket tells somebody about what happens to its objects.",
  severity: "low",
  level: "disabled",
  references: {
    securityHub: [
      { id: "S3.11", title: "S3 general purpose buckets should have event notifications enabled." },
    ],
    checkov: ["CKV2_AWS_62"],
    prowler: ["s3_bucket_event_notifications_enabled"],
  },
  remediationSteps: "Add an aws.s3.BucketNotification for the bucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: [bucketNotificationType],
    what: "event notification",
    fix: "add an aws.s3.BucketNotification",
  }),
});
