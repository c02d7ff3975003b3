import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import type { Value } from "../../reading/value";
import { keyPolicyType, keyType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { keys } from "../../stack/link";

export const kmsKeysHavePolicy = stackRule({
  name: "kms-keys-have-policy",
  title: "KMS keys have an explicit key policy",
  description: "Every KMS key has a key policy from the program, in-line or as a KeyPolicy.",
  severity: "low",
  level: "advisory",
  references: { checkov: ["CKV2_AWS_64"] },
  remediationSteps:
    "Set policy of the key, or add an aws.kms.KeyPolicy, to specify who may manage the key and who may use it.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  types: [keyType],
  evaluate(key, verdict, _, stack) {
    const { certain, mayGrow } = stack.referrers(key, keys, [keyPolicyType], "keyId");
    if (certain.length > 0) return;
    const inline = readValue(key.props, "policy");
    if (inline === UNKNOWN) verdict.undecided("policy");
    else if (inline !== undefined && inline !== "" && !isDefaultPolicy(inline)) return;
    else if (mayGrow) verdict.undecided("the key policy");
    else {
      verdict.violation(
        "The key has the default key policy: set policy, or add an aws.kms.KeyPolicy.",
      );
    }
  },
});

/** After the update, the output `policy` of a key without a policy contains the default of AWS. */
function isDefaultPolicy(policy: Value): boolean {
  if (typeof policy !== "string" || !/"Id"\s*:\s*"key-default-1"/.test(policy)) return false;
  return readPolicyDocument(policy)?.statements.length === 1;
}
