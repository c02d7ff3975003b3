import { quoteOneOf, readEach, UNKNOWN } from "../../reading/value";
import { bucketTypes, bucketVersioningTypes } from "../../resourceTypes";
import { type EvaluatedResource, resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { isBucket } from "./bucketResource";
import { inlineBlocks, isVersionedInline, statusPath } from "./bucketVersioning";
import { enableVersioning } from "./securityHubControls";

export const s3VersioningIsEnabled = resourceRule({
  name: "s3-versioning-is-enabled",
  title: "S3 versioning is enabled",
  description: "Versioning of an S3 bucket is enabled wherever it is configured.",
  severity: "medium",
  references: {
    securityHub: [enableVersioning],
    checkov: ["CKV_AWS_21"],
    cdkNag: ["S3BucketVersioningEnabled"],
    trivy: ["AWS-0090"],
    prowler: ["s3_bucket_object_versioning"],
    cfnGuard: ["S3_BUCKET_VERSIONING_ENABLED"],
  },
  remediationSteps: `Set ${statusPath} to "Enabled".`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  types: [...bucketVersioningTypes, ...bucketTypes],
  evaluate(resource, verdict) {
    if (isBucket(resource)) evaluateInline(resource, verdict);
    else evaluateCompanion(resource, verdict);
  },
});

function evaluateInline(bucket: EvaluatedResource, verdict: Verdict): void {
  const [block] = inlineBlocks.filter((name) => readEach(bucket.props, name).length > 0);
  const isEnabled = isVersionedInline(bucket);
  if (block === undefined) verdict.inapplicable("the bucket has no in-line versioning");
  else if (isEnabled === UNKNOWN) verdict.undecided(`${block}.enabled`);
  else if (!isEnabled) verdict.violation(`${block}.enabled is not true: set it to true.`);
}

function evaluateCompanion({ props }: EvaluatedResource, verdict: Verdict): void {
  const [status] = readEach(props, statusPath);
  if (status === UNKNOWN) verdict.undecided(statusPath);
  else if (status !== "Enabled") {
    const found = quoteOneOf(["Enabled", "Suspended", "Disabled"], status);
    verdict.violation(`${statusPath} is ${found}: set it to "Enabled".`);
  }
}
