import { type Decision, quoteOneOf, UNKNOWN, type Value } from "../../reading/value";
import { bucketEncryptionTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import type { Verdict } from "../../rule/verdict";
import { someOf } from "../../settings/setting";
import { buckets } from "../../stack/link";
import { encryptsAccessLogs } from "./accessLogTargets";
import { isBucket } from "./bucketResource";
import { encryptionRules, readDefaults } from "./encryptionRules";

const algorithms = ["aws:kms", "aws:kms:dsse", "AES256"] as const;

/**
 * It is a stack rule because only the whole stack shows whether a bucket receives access logs. Without
 * any configuration, S3 encrypts a bucket with AES256, since January 2023. Source: Amazon S3 User
 * Guide, "Default encryption FAQ". In-line encryption counts only without a companion, because S3
 * reports that algorithm on every bucket without in-line encryption.
 */
export const s3BucketsAreEncrypted = stackRule({
  name: "s3-buckets-are-encrypted",
  title: "S3 buckets are encrypted with KMS",
  description:
    "The default encryption of every S3 bucket uses KMS, unless the config allows AES256 or the bucket receives access logs, which need AES256.",
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
    prowler: ["s3_bucket_kms_encryption"],
    cfnGuard: ["S3_DEFAULT_ENCRYPTION_KMS"],
  },
  remediationSteps:
    'Add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" for the bucket, or with "AES256" if the bucket receives access logs.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  types: [...bucketTypes, ...bucketEncryptionTypes],
  settings: {
    allowedAlgorithms: someOf(
      algorithms,
      ["aws:kms", "aws:kms:dsse"],
      "Allowed algorithms of default encryption. Targets of access logs always use AES256.",
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
    const configured = encryptionRules(resource.props).flatMap(({ block }) =>
      readDefaults(block, "sseAlgorithm"),
    );
    const isTarget = encryptsAccessLogs(resource, stack);
    for (const algorithm of configured.length > 0 ? configured : [undefined]) {
      evaluateAlgorithm(algorithm, isTarget, allowedAlgorithms, verdict);
    }
  },
});

/** @param algorithm `undefined` if nothing is configured, which means AES256 */
function evaluateAlgorithm(
  algorithm: Value | undefined,
  isTarget: Decision,
  allowedAlgorithms: readonly string[],
  verdict: Verdict,
): void {
  if (algorithm === UNKNOWN) {
    verdict.undecided("the algorithm");
    return;
  }
  const effective = algorithm ?? "AES256";
  const isAllowed = allowedAlgorithms.some((word) => word === effective);
  const suitsLogs = effective === "AES256";
  const found = `The default encryption is ${algorithm === undefined ? "S3's own, AES256" : quoteOneOf(algorithms, algorithm)}`;
  if (isTarget === true ? suitsLogs : isAllowed && (isTarget === false || suitsLogs)) return;
  if (isTarget === true) {
    verdict.violation(
      `${found}, and S3 delivers access logs only to buckets with AES256: use AES256.`,
    );
  } else if (isTarget === UNKNOWN && (isAllowed || suitsLogs)) {
    verdict.undecided("the use as a target of access logs");
  } else verdict.violation(`${found}: use ${allowedAlgorithms.join(" or ")}.`);
}
