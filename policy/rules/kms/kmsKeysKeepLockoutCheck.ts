import { UNKNOWN, readValue } from "../../reading/value";
import { keyPolicyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "bypassPolicyLockoutSafetyCheck";

export const kmsKeysKeepLockoutCheck = resourceRule({
  name: "kms-keys-keep-lockout-check",
  title: "KMS keys keep the check against lockout",
  description:
    "No key policy is set without the check that whoever sets it can still change it afterwards.",
  severity: "critical",
  references: { wellArchitected: ["security", "reliability"] },
  remediationSteps:
    "Remove bypassPolicyLockoutSafetyCheck and let the key policy allow its author kms:PutKeyPolicy.",
  url: "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
  types: [keyPolicyType, ...keyTypes],
  evaluate({ props }, verdict) {
    const bypass = readValue(props, path);
    if (bypass === UNKNOWN) verdict.undecided(path);
    else if (bypass !== undefined && bypass !== false) {
      verdict.violation(
        `${path} is not false: a wrong key policy can lock everyone out for good, so remove it.`,
      );
    }
  },
});
