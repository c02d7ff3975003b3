import { allowsEveryone, callerKeys } from "../../reading/everyone";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import { keyPolicyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

/** Condition keys by which a key policy chooses who may use the key. */
const narrowingKeys = [...callerKeys, "kms:CallerAccount", "kms:ViaService"];

export const kmsKeysAreNotPublic = resourceRule({
  name: "kms-keys-are-not-public",
  title: "KMS keys are not public",
  description: "No key policy lets everyone use or manage the key.",
  severity: "critical",
  references: {
    securityHub: [{ id: "KMS.5", title: "KMS keys should not be publicly accessible." }],
    checkov: ["CKV_AWS_33"],
    prowler: ["kms_key_not_publicly_accessible"],
  },
  remediationSteps:
    'Name the accounts, roles or services in Principal; the root of the key\'s own account leaves access to IAM. Or narrow "*" by a condition such as StringEquals on kms:CallerAccount or aws:PrincipalOrgID.',
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  types: [keyPolicyType, ...keyTypes],
  evaluate({ props }, verdict) {
    const document = readPolicyDocument(readValue(props, "policy"));
    if (document === undefined) {
      verdict.inapplicable("the resource has no key policy");
      return;
    }
    for (const problem of document.problems) verdict.violation(`policy: ${problem}.`);
    for (const statement of document.statements) {
      const open = allowsEveryone(statement, narrowingKeys);
      if (open === UNKNOWN) verdict.undecided("policy");
      else if (open) {
        const what = statement.notPrincipals ? "everyone but those in NotPrincipal" : "everyone";
        verdict.violation(
          `policy: ${statement.path} lets in ${what}: name the principals, or narrow it by a condition such as kms:CallerAccount.`,
        );
      }
    }
  },
});
