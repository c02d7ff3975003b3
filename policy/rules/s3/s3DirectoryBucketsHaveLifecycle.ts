import { bucketLifecycleTypes, directoryBucketType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { directoryBuckets } from "../../stack/link";
import { requireCompanion } from "./requireCompanion";

export const s3DirectoryBucketsHaveLifecycle = stackRule({
  name: "s3-directory-buckets-have-lifecycle",
  title: "S3 directory buckets have a lifecycle",
  description: "Every S3 directory bucket has lifecycle rules, in a separate configuration.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [
      { id: "S3.25", title: "S3 directory buckets should have lifecycle configurations." },
    ],
  },
  remediationSteps:
    "Add an aws.s3.BucketLifecycleConfiguration for the directory bucket that expires objects or aborts incomplete uploads.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-buckets-objects-lifecycle.html",
  types: [directoryBucketType],
  evaluate: requireCompanion({
    kind: directoryBuckets,
    types: bucketLifecycleTypes,
    what: "lifecycle",
    fix: "add an aws.s3.BucketLifecycleConfiguration",
  }),
});
