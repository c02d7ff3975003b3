import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, quoteOneOf, UNKNOWN } from "../../reading/value";
import { bucketEncryptionTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { someOf } from "../../settings/setting";
import { buckets } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { isAccessLogTarget, isBucket } from "./bucketResource";
import { encryptionRules, readDefaults } from "./encryptionRules";

const algorithms = ["aws:kms", "aws:kms:dsse", "AES256"] as const;

/**
 * One rule for presence and algorithm. It is a stack rule because only the whole stack shows whether
 * a bucket receives access logs. In-line encryption counts only without a companion, because S3
 * reports SSE-S3 on every bucket without in-line encryption.
 */
export const s3BucketsAreEncrypted = stackRule({
  name: "s3-buckets-are-encrypted",
  title: "S3 buckets are encrypted with KMS",
  description: "Every S3 bucket has default encryption, with KMS unless the config allows others.",
  severity: "high",
  references: {
    securityHub: [
      {
        id: "S3.17",
        title: "S3 general purpose buckets should be encrypted at rest with AWS KMS keys.",
      },
    ],
    checkov: ["CKV_AWS_19", "CKV_AWS_145"],
    cdkNag: ["S3DefaultEncryptionKMS"],
    trivy: ["AWS-0132"],
    prowler: ["s3_bucket_kms_encryption"],
    cfnGuard: ["S3_DEFAULT_ENCRYPTION_KMS"],
  },
  remediationSteps:
    'Add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" for the bucket.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  types: [...bucketTypes, ...bucketEncryptionTypes],
  settings: {
    allowedAlgorithms: someOf(
      algorithms,
      ["aws:kms", "aws:kms:dsse"],
      "Allowed algorithms of default encryption. Targets of access logs may always use AES256.",
    ),
  },
  evaluate(resource, verdict, { allowedAlgorithms }, stack) {
    if (isBucket(resource)) {
      const { certain, mayGrow } = stack.referrers(
        resource,
        buckets,
        bucketEncryptionTypes,
        "bucket",
      );
      if (certain.length === 0 && mayGrow) verdict.undecided("the default encryption");
      if (certain.length > 0 || mayGrow) return;
    }
    const found = encryptionRules(resource.props).flatMap(({ block }) =>
      readDefaults(block, "sseAlgorithm"),
    );
    const fix = `use ${allowedAlgorithms.join(" or ")}`;
    if (found.length === 0) verdict.violation(`There is no default encryption: ${fix}.`);
    for (const algorithm of found) {
      if (algorithm !== UNKNOWN && allowedAlgorithms.some((word) => word === algorithm)) continue;
      const exempt = algorithm === "AES256" ? receivesAccessLogs(resource, stack) : false;
      if (algorithm === UNKNOWN) verdict.undecided("the algorithm");
      else if (exempt === UNKNOWN) verdict.undecided("the use as a target of access logs");
      else if (!exempt) {
        verdict.violation(
          `The default encryption is ${quoteOneOf(algorithms, algorithm)}: ${fix}.`,
        );
      }
    }
  },
});

/** S3 delivers access logs only to buckets whose default encryption is SSE-S3. */
function receivesAccessLogs(resource: PolicyResource, stack: Stack): Decision {
  return anyOf(
    isBucket(resource)
      ? [isAccessLogTarget(resource, stack)]
      : stack.links(resource, "bucket", buckets).map((bucket) => isAccessLogTarget(bucket, stack)),
  );
}
