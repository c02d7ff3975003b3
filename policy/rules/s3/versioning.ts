import { anyOf, type Decision, quoteOneOf, readEach, UNKNOWN } from "../../reading/value";
import { bucketTypes, bucketVersioningTypes } from "../../resourceTypes";
import { type EvaluatedResource, resourceRule } from "../../rule/resourceRule";
import { stackRule } from "../../rule/stackRule";
import type { Verdict } from "../../rule/verdict";
import { buckets } from "../../stack/kinds";
import type { Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { hasInline, isBucket } from "./bucketResource";
import { requireCompanion } from "./requireCompanion";

const references = {
  securityHub: [
    { id: "S3.14", title: "S3 general purpose buckets should have versioning enabled." },
  ],
  checkov: ["CKV_AWS_21"],
  cdkNag: ["S3BucketVersioningEnabled"],
  trivy: ["AWS-0090"],
  prowler: ["s3_bucket_object_versioning"],
  cfnGuard: ["S3_BUCKET_VERSIONING_ENABLED"],
};
const url = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html";
const statusPath = "versioningConfiguration.status";
const inlineBlocks = ["versioning", "versionings"];
const inlinePaths = inlineBlocks.map((block) => `${block}.enabled`);

const isVersionedInline = hasInline(inlinePaths, (enabled) => enabled === true);

export const s3BucketsHaveVersioning = stackRule({
  name: "s3-buckets-have-versioning",
  title: "S3 buckets have versioning",
  description: "Every S3 bucket has a BucketVersioning, or versioning of its own.",
  severity: "medium",
  references,
  remediationSteps: 'Add an aws.s3.BucketVersioning with status "Enabled" for the bucket.',
  url,
  types: bucketTypes,
  evaluate: requireCompanion({
    types: bucketVersioningTypes,
    what: "versioning",
    fix: 'add an aws.s3.BucketVersioning with status "Enabled"',
    inline: isVersionedInline,
  }),
});

export const s3VersioningIsEnabled = resourceRule({
  name: "s3-versioning-is-enabled",
  title: "S3 versioning is enabled",
  description: "Versioning of an S3 bucket is enabled wherever it is configured.",
  severity: "medium",
  references,
  remediationSteps: `Set ${statusPath} to "Enabled".`,
  url,
  types: [...bucketVersioningTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    if (isBucket(resource)) judgeInline(resource, verdict);
    else judgeSplit(resource, verdict);
  },
});

function judgeInline(bucket: EvaluatedResource, verdict: Verdict): void {
  const [block] = inlineBlocks.filter((name) => readEach(bucket.props, name).length > 0);
  const isEnabled = isVersionedInline(bucket);
  if (block === undefined) verdict.inapplicable("the bucket has no in-line versioning");
  else if (isEnabled === UNKNOWN) verdict.undecided(`${block}.enabled`);
  else if (!isEnabled) verdict.violation(`${block}.enabled is not true: set it to true.`);
}

function judgeSplit({ props }: EvaluatedResource, verdict: Verdict): void {
  const [status] = readEach(props, statusPath);
  if (status === UNKNOWN) verdict.undecided(statusPath);
  else if (status !== "Enabled") {
    const found = quoteOneOf(["Enabled", "Suspended", "Disabled"], status);
    verdict.violation(`${statusPath} is ${found}: set it to "Enabled".`);
  }
}

/** Whether a bucket keeps the former versions of its objects. */
export function isVersioned(bucket: Link, stack: Stack): Decision {
  if (bucket.kind === "unknown") return UNKNOWN;
  const { certain, mayGrow } = stack.referrers(bucket, buckets, bucketVersioningTypes, "bucket");
  if (certain.length > 0) {
    const statuses = certain.flatMap(({ props }) => readEach(props, statusPath));
    return anyOf(statuses.map((status) => (status === UNKNOWN ? UNKNOWN : status === "Enabled")));
  }
  // S3 reports on a bucket what its companion made of it, so that this counts only without one.
  if (mayGrow) return UNKNOWN;
  return bucket.kind === "declared" && isVersionedInline(bucket.resource);
}
