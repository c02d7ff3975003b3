import { isAwsManagedAlias } from "../../reading/awsManagedKey";
import { UNKNOWN, readValue } from "../../reading/value";
import { objectTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "kmsKeyId";

/** Disabled by default: the default encryption of the bucket applies to objects without a key. */
export const s3ObjectsUseCustomerManagedKeys = resourceRule({
  name: "s3-objects-use-customer-managed-keys",
  title: "S3 objects use customer-managed keys",
  description: "Every S3 object of the program names a customer-managed KMS key.",
  severity: "low",
  level: "disabled",
  references: { checkov: ["CKV_AWS_186", "CKV_AWS_181"] },
  remediationSteps: "Set kmsKeyId to the ARN of an aws.kms.Key.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  types: objectTypes,
  evaluate({ props }, verdict) {
    const key = readValue(props, path) ?? "";
    if (key === UNKNOWN) verdict.undecided(path);
    else if (key === "") verdict.violation(`${path} is absent: set it to a customer-managed key.`);
    else if (typeof key !== "string" || isAwsManagedAlias(key)) {
      verdict.violation(`${path} is an AWS-managed key: use a customer-managed key.`);
    }
  },
});
