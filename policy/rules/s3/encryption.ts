import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { Companions, StackBuckets } from "../../companions";
import type { BucketLink } from "../../companions";
import { configSchemaOf, someOf } from "../../config";
import { judgeStack } from "../../judge";
import { bucketEncryptionTypes, bucketType, bucketV2Type } from "../../resourceTypes";
import { securityHub } from "../../securityHub";
import { UNKNOWN, quoteOneOf, readEach } from "../../value";
import type { Verdict } from "../../verdict";
import { AccessLogTargets } from "./accessLogTargets";

const algorithms = ["aws:kms", "aws:kms:dsse", "AES256"] as const;

const settings = {
  allowedAlgorithms: someOf(
    algorithms,
    ["aws:kms", "aws:kms:dsse"],
    "Algorithms of a bucket's default encryption. Targets of access logs may always use AES256.",
  ),
};

/** Where a bucket's own algorithm is. Lists and single blocks are read alike. */
const algorithmPaths: Readonly<Record<string, readonly string[]>> = {
  [bucketType]: [
    "serverSideEncryptionConfiguration",
    "rule",
    "applyServerSideEncryptionByDefault",
    "sseAlgorithm",
  ],
  [bucketV2Type]: [
    "serverSideEncryptionConfigurations",
    "rules",
    "applyServerSideEncryptionByDefaults",
    "sseAlgorithm",
  ],
};
const splitAlgorithmPath = ["rules", "applyServerSideEncryptionByDefault", "sseAlgorithm"];

/**
 * One rule for presence and algorithm, and a stack rule: only the whole stack shows whether a bucket
 * receives access logs, which S3 delivers to no bucket with another default than SSE-S3. What a
 * bucket itself says counts only without a companion, because S3 reports SSE-S3 there for every
 * bucket that declares nothing.
 */
export const s3BucketsAreEncrypted: StackValidationPolicy = {
  name: "s3-buckets-are-encrypted",
  displayName: "S3 buckets are encrypted with KMS",
  description: "Every S3 bucket encrypts new objects by default, with KMS unless configured.",
  severity: "high",
  enforcementLevel: "mandatory",
  framework: securityHub(
    "S3.17",
    "S3 general purpose buckets should be encrypted at rest with AWS KMS keys.",
  ),
  tags: [
    "security-hub:S3.17",
    "checkov:CKV_AWS_19",
    "checkov:CKV_AWS_145",
    "cdk-nag:S3DefaultEncryptionKMS",
    "trivy:AWS-0132",
    "prowler:s3_bucket_kms_encryption",
    "cfn-guard:S3_DEFAULT_ENCRYPTION_KMS",
  ],
  remediationSteps:
    'Add an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm "aws:kms" for the bucket.',
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  configSchema: configSchemaOf(settings),
  validateStack: judgeStack(settings, (resources, verdict, { allowedAlgorithms }) => {
    const buckets = new StackBuckets(resources);
    const companions = new Companions(buckets, resources, bucketEncryptionTypes);
    if (buckets.all.length + companions.unattached.length === 0) {
      verdict.inapplicable("the stack declares no S3 bucket");
    }
    const judge = algorithmJudge(
      allowedAlgorithms,
      new AccessLogTargets(buckets, resources),
      verdict,
    );
    for (const bucket of buckets.all) {
      const link: BucketLink = { kind: "declared", urn: bucket.urn };
      const attached = companions.of(bucket);
      for (const companion of attached) judge(companion, link);
      if (attached.length > 0) continue;
      if (companions.mayAttachLater) {
        verdict.undecided(`the default encryption of bucket "${bucket.name}"`);
      } else judge(bucket, link);
    }
    for (const [companion, link] of companions.unattached) judge(companion, link);
  }),
};

function algorithmJudge(
  allowed: readonly string[],
  logTargets: AccessLogTargets,
  verdict: Verdict,
): (resource: PolicyResource, bucket: BucketLink) => void {
  const fix = `use ${allowed.join(" or ")}`;
  return ({ type, name, urn, props }, bucket) => {
    const found = readEach(props, algorithmPaths[type] ?? splitAlgorithmPath);
    if (found.length === 0) {
      verdict.violation(`"${name}" declares no default encryption: ${fix}.`, urn);
    }
    for (const algorithm of found) {
      if (algorithm !== UNKNOWN && allowed.some((word) => word === algorithm)) continue;
      const exempt = algorithm === "AES256" ? logTargets.include(bucket) : false;
      if (exempt === true) continue;
      if (algorithm === UNKNOWN) verdict.undecided(`the algorithm of "${name}"`);
      else if (exempt === UNKNOWN) verdict.undecided(`whether "${name}" receives access logs`);
      else {
        const word = quoteOneOf(algorithms, algorithm);
        verdict.violation(`"${name}" encrypts with ${word}: ${fix}.`, urn);
      }
    }
  };
}
