import { allOf, type Decision, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { keyType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "enableKeyRotation";

export const kmsKeysRotate = resourceRule({
  name: "kms-keys-rotate",
  title: "KMS keys rotate",
  description: "Every symmetric KMS key with key material from AWS rotates automatically.",
  severity: "medium",
  references: {
    securityHub: [{ id: "KMS.4", title: "AWS KMS key rotation should be enabled." }],
    checkov: ["CKV_AWS_7"],
    cdkNag: ["AwsSolutions-KMS5"],
    trivy: ["AWS-0065"],
    prowler: ["kms_cmk_rotation_enabled"],
  },
  remediationSteps: "Set enableKeyRotation to true; existing encrypted data stays readable.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
  types: [keyType],
  evaluate({ props }, verdict) {
    const enabled = readValue(props, path);
    if (enabled === true) return;
    const canRotate = awsCanRotate(props);
    if (canRotate === false) verdict.inapplicable("AWS does not rotate keys of this type");
    else if (canRotate === UNKNOWN) verdict.undecided("the type of key");
    else if (enabled === UNKNOWN) verdict.undecided(path);
    else {
      const found = enabled === undefined ? "absent (the default is false)" : "not true";
      verdict.violation(`${path} is ${found}: set it to true.`);
    }
  },
  remediate: () => [{ path, value: true }],
});

/** Keys with imported key material have another resource type. */
function awsCanRotate(props: Properties): Decision {
  const isOrAbsent = (property: string, value: string): Decision => {
    const found = readValue(props, property) ?? value;
    return found === UNKNOWN ? UNKNOWN : found === value;
  };
  return allOf([
    isOrAbsent("keyUsage", "ENCRYPT_DECRYPT"),
    isOrAbsent("customerMasterKeySpec", "SYMMETRIC_DEFAULT"),
    // An external key store has an id, too.
    isOrAbsent("customKeyStoreId", ""),
  ]);
}
