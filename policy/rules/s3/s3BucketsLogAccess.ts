import { anyOf, UNKNOWN } from "../../reading/value";
import { bucketLoggingTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import type { Verdict } from "../../rule/verdict";
import { buckets, haveSameTarget, type Link } from "../../stack/link";
import { isAccessLogTarget } from "./accessLogTargets";
import { isBucket } from "./bucketResource";

const inlinePaths = ["logging.targetBucket", "loggings.targetBucket"];

export const s3BucketsLogAccess = stackRule({
  name: "s3-buckets-log-access",
  title: "S3 buckets have server access logging",
  description:
    "Every S3 bucket, except targets of access logs, has server access logging to another bucket.",
  severity: "medium",
  level: "advisory",
  references: {
    securityHub: [
      {
        id: "S3.9",
        title: "S3 general purpose buckets should have server access logging enabled.",
      },
    ],
    checkov: ["CKV_AWS_18"],
    cdkNag: ["AwsSolutions-S1"],
    trivy: ["AWS-0089"],
    prowler: ["s3_bucket_server_access_logging_enabled"],
    cfnGuard: ["S3_BUCKET_LOGGING_ENABLED"],
  },
  remediationSteps:
    "Add an aws.s3.BucketLogging for the bucket, with another bucket as targetBucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  types: [...bucketTypes, ...bucketLoggingTypes],
  evaluate(resource, verdict, _, stack) {
    if (!isBucket(resource)) {
      const sources = stack.links(resource, "bucket", buckets);
      evaluateTargets(sources, stack.links(resource, "targetBucket", buckets), verdict);
      return;
    }
    const companions = stack.referrers(resource, buckets, bucketLoggingTypes, "bucket");
    if (companions.certain.length > 0) return;
    const targets = inlinePaths.flatMap((path) => stack.links(resource, path, buckets));
    if (targets.length > 0) {
      evaluateTargets([{ kind: "declared", resource }], targets, verdict);
      return;
    }
    const isTarget = isAccessLogTarget(resource, stack);
    if (isTarget === true) return;
    if (isTarget === UNKNOWN || companions.mayGrow) verdict.undecided("the access logs");
    else
      verdict.violation(
        "Server access logging is not enabled on the bucket: add an aws.s3.BucketLogging.",
      );
  },
});

/** A bucket that logs to itself creates more logs without end. */
function evaluateTargets(
  sources: readonly Link[],
  targets: readonly Link[],
  verdict: Verdict,
): void {
  const isSame = anyOf(
    sources.flatMap((source) => targets.map((target) => haveSameTarget(source, target))),
  );
  if (isSame === UNKNOWN) verdict.undecided("the target of access logs");
  else if (isSame) {
    verdict.violation("targetBucket is the logged bucket itself: use another bucket.");
  }
}
