import type { PolicyResource } from "@pulumi/policy";
import { anyOf, UNKNOWN, type Value } from "../../reading/value";
import { bucketLifecycleTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { isBucket } from "./bucketResource";
import { isVersioned } from "./bucketVersioning";
import { expiresVersions, lifecycleRules } from "./lifecycleRules";

export const s3FormerVersionsExpire = stackRule({
  name: "s3-former-versions-expire",
  title: "S3 lifecycles expire former versions",
  description: "Every lifecycle of a versioned bucket deletes former (noncurrent) versions.",
  severity: "low",
  level: "advisory",
  references: {
    wellArchitected: ["cost-optimization"],
  },
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
 * The in-line rules of a bucket without a companion. With a companion they do not count: S3 then
 * reports on the bucket what the companion had configured at an earlier update. A bucket without
 * any rules is left to `s3-buckets-have-lifecycle`.
 */
function inlineRules(bucket: PolicyResource, stack: Stack): readonly Value[] | undefined {
  const companions = stack.referrers(bucket, buckets, bucketLifecycleTypes, "bucket");
  const rules = companions.certain.length > 0 ? [] : lifecycleRules(bucket.props);
  if (rules.length === 0) return undefined;
  return companions.mayGrow ? [...rules, UNKNOWN] : rules;
}

function bucketsOf(resource: PolicyResource, stack: Stack): readonly Link[] {
  return isBucket(resource)
    ? [{ kind: "declared", resource }]
    : stack.links(resource, "bucket", buckets);
}
