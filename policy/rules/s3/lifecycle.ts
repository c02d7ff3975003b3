import type { PolicyResource } from "@pulumi/policy";
import { anyOf, UNKNOWN, type Value } from "../../reading/value";
import { bucketLifecycleTypes, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { stackRule } from "../../rule/stackRule";
import { buckets } from "../../stack/kinds";
import type { Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { hasInline, isBucket } from "./bucketResource";
import { abortsUploads, expiresVersions, lifecycleRules } from "./lifecycleRules";
import { requireCompanion } from "./requireCompanion";
import { isVersioned } from "./versioning";

const hasLifecycle = {
  id: "S3.13",
  title: "S3 general purpose buckets should have Lifecycle configurations.",
};
const versionedHasLifecycle = {
  id: "S3.10",
  title: "S3 general purpose buckets with versioning enabled should have Lifecycle configurations.",
};

export const s3BucketsHaveLifecycle = stackRule({
  name: "s3-buckets-have-lifecycle",
  title: "S3 buckets have a lifecycle",
  description: "Every S3 bucket has lifecycle rules, in a configuration of its own or in-line.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [hasLifecycle],
    checkov: ["CKV2_AWS_61"],
    prowler: ["s3_bucket_lifecycle_enabled"],
  },
  remediationSteps:
    "Add an aws.s3.BucketLifecycleConfiguration that ends incomplete uploads and former versions.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
  types: bucketTypes,
  evaluate: requireCompanion({
    types: bucketLifecycleTypes,
    what: "lifecycle",
    fix: "add an aws.s3.BucketLifecycleConfiguration",
    inline: hasInline(["lifecycleRules"]),
  }),
});

export const s3IncompleteUploadsAreAborted = resourceRule({
  name: "s3-incomplete-uploads-are-aborted",
  title: "S3 lifecycles abort incomplete uploads",
  description: "Every lifecycle of a bucket ends multipart uploads that were never completed.",
  severity: "low",
  level: "advisory",
  references: { securityHub: [hasLifecycle], checkov: ["CKV_AWS_300"] },
  remediationSteps:
    "Add an enabled rule without a filter that sets the days after which incomplete multipart uploads are aborted.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  types: [...bucketLifecycleTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    const rules = lifecycleRules(resource.props);
    if (rules.length === 0 && isBucket(resource)) {
      verdict.inapplicable("the bucket has no in-line lifecycle");
      return;
    }
    const areAborted = anyOf(rules.map(abortsUploads));
    if (areAborted === UNKNOWN) verdict.undecided("the lifecycle rules");
    else if (!areAborted) {
      verdict.violation(
        "No rule aborts incomplete uploads of every object: add an enabled rule without a filter that does.",
      );
    }
  },
});

export const s3FormerVersionsExpire = stackRule({
  name: "s3-former-versions-expire",
  title: "S3 lifecycles expire former versions",
  description: "Every lifecycle of a versioned bucket deletes former versions some day.",
  severity: "low",
  level: "advisory",
  references: { securityHub: [versionedHasLifecycle] },
  remediationSteps:
    "Add an enabled rule that sets the days after which noncurrent versions are deleted.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
  types: [...bucketLifecycleTypes, ...bucketTypes],
  evaluate(resource, verdict, _, stack) {
    const rules = isBucket(resource)
      ? inlineRules(resource, stack)
      : lifecycleRules(resource.props);
    if (rules === undefined) {
      verdict.inapplicable("the bucket has no in-line lifecycle");
      return;
    }
    const expire = anyOf(rules.map(expiresVersions));
    const versioned = anyOf(bucketsOf(resource, stack).map((target) => isVersioned(target, stack)));
    if (expire === true || versioned === false) return;
    if (expire === UNKNOWN) verdict.undecided("the lifecycle rules");
    else if (versioned === UNKNOWN) verdict.undecided("the versioning");
    else {
      verdict.violation(
        "No rule deletes former versions of a versioned bucket: add one with noncurrentVersionExpiration.",
      );
    }
  },
});

/**
 * The rules of a bucket's own, without a companion: S3 reports on the bucket what that had made of
 * it some time ago. That there are none at all is for the other rule to say.
 */
function inlineRules(bucket: PolicyResource, stack: Stack): readonly Value[] | undefined {
  const split = stack.referrers(bucket, buckets, bucketLifecycleTypes, "bucket");
  const rules = split.certain.length > 0 ? [] : lifecycleRules(bucket.props);
  if (rules.length === 0) return undefined;
  return split.mayGrow ? [...rules, UNKNOWN] : rules;
}

function bucketsOf(resource: PolicyResource, stack: Stack): readonly Link[] {
  return isBucket(resource)
    ? [{ kind: "declared", resource }]
    : stack.links(resource, "bucket", buckets);
}
