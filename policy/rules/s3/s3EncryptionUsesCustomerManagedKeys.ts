import { isAwsManagedAlias } from "../../reading/awsManagedKey";
import { allOf, type Decision, not, UNKNOWN } from "../../reading/value";
import { bucketEncryptionTypes, bucketTypes } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { encryptsAccessLogs } from "./accessLogTargets";
import { encryptionRules, encryptsWith, readDefaults } from "./encryptionRules";
import type { EncryptionRule } from "./encryptionRules";

/** A stack rule: for a target of access logs, a customer-managed key is no better than another one. */
export const s3EncryptionUsesCustomerManagedKeys = stackRule({
  name: "s3-encryption-uses-customer-managed-keys",
  title: "S3 encryption uses customer-managed keys",
  description:
    "Default encryption with KMS uses a customer-managed key, except for targets of access logs, which cannot use KMS.",
  severity: "medium",
  level: "advisory",
  references: { trivy: ["AWS-0132"] },
  remediationSteps:
    "Set kmsMasterKeyId to the ARN of an aws.kms.Key in the rule that encrypts with KMS.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  types: [...bucketEncryptionTypes, ...bucketTypes],
  evaluate(resource, verdict, _, stack) {
    const rules = encryptionRules(resource.props);
    const isOther = not(encryptsAccessLogs(resource, stack));
    if (rules.length === 0) verdict.inapplicable("the resource has no encryption rule");
    for (const rule of rules) {
      const isManaged = allOf([isOther, usesAwsManagedKey(rule)]);
      const what = `kmsMasterKeyId of ${rule.path}`;
      if (isManaged === UNKNOWN) verdict.undecided(what);
      else if (isManaged) verdict.violation(`${what} is not a customer-managed key: specify one.`);
    }
  },
});

/** Without a key, S3 uses the AWS-managed key. */
function usesAwsManagedKey({ block }: EncryptionRule): Decision {
  const [key = ""] = readDefaults(block, "kmsMasterKeyId");
  const isManaged = typeof key !== "string" || key === "" || isAwsManagedAlias(key);
  return allOf([
    encryptsWith(block, ["aws:kms", "aws:kms:dsse"]),
    key === UNKNOWN ? UNKNOWN : isManaged,
  ]);
}
