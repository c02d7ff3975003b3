import { UNKNOWN, readValue } from "../../reading/value";
import { keyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const kmsKeysAreEnabled = resourceRule({
  name: "kms-keys-are-enabled",
  title: "KMS keys are enabled",
  description: "Every KMS key is enabled: data encrypted with a disabled key is unreadable.",
  severity: "medium",
  references: { checkov: ["CKV_AWS_227"], prowler: ["kms_cmk_are_used"] },
  remediationSteps: "Remove isEnabled (enabled on replica and imported keys), or set it to true.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html",
  types: keyTypes,
  evaluate({ type, props }, verdict) {
    const path = type === keyType ? "isEnabled" : "enabled";
    const enabled = readValue(props, path);
    if (enabled === UNKNOWN) verdict.undecided(path);
    else if (enabled !== undefined && enabled !== true) {
      verdict.violation(`${path} is not true: set it to true, or remove it.`);
    }
  },
});
