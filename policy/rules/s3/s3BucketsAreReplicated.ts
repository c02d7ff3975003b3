import { bucketReplicationType, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { hasInline } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";

/** Disabled by default: replication adds costs. */
export const s3BucketsAreReplicated = stackRule({
  name: "s3-buckets-are-replicated",
  title: "S3 buckets are replicated",
  description: "Every S3 bucket replicates its objects to another bucket.",
  severity: "low",
  level: "disabled",
  references: {
    checkov: ["CKV_AWS_144"],
    cdkNag: ["S3BucketReplicationEnabled"],
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
