import { UNKNOWN, readValue } from "../../reading/value";
import { keyPolicyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "bypassPolicyLockoutSafetyCheck";

export const kmsKeysKeepLockoutCheck = resourceRule({
  name: "kms-keys-keep-lockout-check",
  title: "KMS keys keep the policy lockout safety check",
  description: "No key policy bypasses the check that its author can still change it afterwards.",
  severity: "critical",
  references: { wellArchitected: ["security", "reliability"] },
  remediationSteps:
    "Remove bypassPolicyLockoutSafetyCheck, and allow kms:PutKeyPolicy to the author of the key policy.",
  url: "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
  types: [keyPolicyType, ...keyTypes],
  evaluate({ props }, verdict) {
    const bypass = readValue(props, path);
    if (bypass === UNKNOWN) verdict.undecided(path);
    else if (bypass !== undefined && bypass !== false) {
      verdict.violation(
        `${path} is not false: remove it, because a wrong key policy can lock everyone out permanently.`,
      );
    }
  },
});
