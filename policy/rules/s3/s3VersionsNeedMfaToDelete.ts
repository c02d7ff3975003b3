import type { PolicyResource } from "@pulumi/policy";
import { allOf, anyOf, type Decision, readEach, UNKNOWN, type Value } from "../../reading/value";
import { bucketLifecycleTypes, bucketTypes, bucketVersioningTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { hasInline, isBucket } from "./bucketResource";
import { isVersionedInline } from "./bucketVersioning";

const companionPath = "versioningConfiguration.mfaDelete";
const inlinePaths = ["versioning.mfaDelete", "versionings.mfaDelete"];
const hasInlineLifecycle = hasInline(["lifecycleRules"]);

/** Disabled by default: only the root user of the account can enable MFA delete. */
export const s3VersionsNeedMfaToDelete = stackRule({
  name: "s3-versions-need-mfa-to-delete",
  title: "S3 versions need MFA to be deleted",
  description:
    "Deleting an object's version needs MFA in every versioned S3 bucket without a lifecycle.",
  severity: "low",
  level: "disabled",
  references: {
    securityHub: [
      { id: "S3.20", title: "S3 general purpose buckets should have MFA delete enabled." },
    ],
    trivy: ["AWS-0170"],
    prowler: ["s3_bucket_no_mfa_delete"],
  },
  remediationSteps: `Set ${companionPath} to "Enabled", as the root user of the account.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html",
  types: [...bucketVersioningTypes, ...bucketTypes],
  evaluate(resource, verdict, _, stack) {
    const isInline = isBucket(resource);
    const isVersioned = isInline ? isVersionedAlone(resource, stack) : true;
    if (isVersioned === false) {
      verdict.inapplicable("the bucket has no in-line versioning");
      return;
    }
    const paths = isInline ? inlinePaths : [companionPath];
    const isEnabled = anyOf(paths.flatMap((path) => readEach(resource.props, path)).map(enables));
    if (isEnabled === true) return;
    const links: readonly Link[] = isInline
      ? [{ kind: "declared", resource }]
      : stack.links(resource, "bucket", buckets);
    const hasLifecycle = anyOf(links.map((bucket) => isCleared(bucket, stack)));
    if (hasLifecycle === true) {
      verdict.inapplicable("S3 does not support MFA delete together with a lifecycle");
    } else if (isEnabled === UNKNOWN) verdict.undecided("MFA delete");
    else if (isVersioned === UNKNOWN) verdict.undecided("the versioning");
    else if (hasLifecycle === UNKNOWN) verdict.undecided("the lifecycle");
    else verdict.violation(`MFA delete is not enabled: set ${companionPath} to "Enabled".`);
  },
});

/** After the update, the versioning of a companion is also an output of its bucket. */
function isVersionedAlone(bucket: PolicyResource, stack: Stack): Decision {
  const { certain, mayGrow } = stack.referrers(bucket, buckets, bucketVersioningTypes, "bucket");
  return allOf([isVersionedInline(bucket), certain.length === 0, mayGrow ? UNKNOWN : true]);
}

function enables(value: Value): Decision {
  return value === UNKNOWN ? UNKNOWN : value === "Enabled" || value === true;
}

/** Whether a bucket has lifecycle rules. */
function isCleared(bucket: Link, stack: Stack): Decision {
  if (bucket.kind === "unknown") return UNKNOWN;
  const { certain, mayGrow } = stack.referrers(bucket, buckets, bucketLifecycleTypes, "bucket");
  return anyOf([
    certain.length > 0 || (mayGrow ? UNKNOWN : false),
    bucket.kind === "declared" && hasInlineLifecycle(bucket.resource),
  ]);
}
