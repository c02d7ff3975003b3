import { allOf, type Decision, isObject, UNKNOWN } from "../../reading/value";
import { bucketEncryptionTypes, bucketTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { encryptionRules, encryptsWith } from "./encryptionRules";
import type { EncryptionRule } from "./encryptionRules";

export const s3EncryptionUsesBucketKeys = resourceRule({
  name: "s3-encryption-uses-bucket-keys",
  title: "S3 encryption uses Bucket Keys",
  description:
    "Default encryption with KMS uses a Bucket Key, which saves a KMS request per object.",
  severity: "low",
  level: "advisory",
  references: { wellArchitected: ["cost-optimization"] },
  remediationSteps:
    "Set bucketKeyEnabled to true in the rule that encrypts with KMS. If the bucket receives access logs, which S3 does not deliver to buckets with KMS, set sseAlgorithm to AES256 instead.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
  types: [...bucketEncryptionTypes, ...bucketTypes],
  evaluate({ props }, verdict) {
    const rules = encryptionRules(props);
    if (rules.length === 0) verdict.inapplicable("the resource has no encryption rule");
    for (const rule of rules) {
      const path = flagPath(rule);
      const lacks = lacksBucketKey(rule);
      if (lacks === UNKNOWN) verdict.undecided(path);
      else if (lacks)
        verdict.violation(
          `${path} is not true: set it to true; a target of access logs cannot use KMS, so set its sseAlgorithm to AES256 instead.`,
        );
    }
  },
  remediate: ({ props }) =>
    encryptionRules(props)
      .filter((rule) => lacksBucketKey(rule) === true)
      .map((rule) => ({ path: flagPath(rule), value: true })),
});

function flagPath({ path }: EncryptionRule): string {
  return `${path}.bucketKeyEnabled`;
}

/** Bucket Keys exist only for KMS, not for dual-layer KMS. */
function lacksBucketKey({ block }: EncryptionRule): Decision {
  const enabled = isObject(block) ? block["bucketKeyEnabled"] : block;
  return allOf([
    encryptsWith(block, ["aws:kms"]),
    enabled === UNKNOWN ? UNKNOWN : enabled !== true,
  ]);
}
