import { allowsEveryone, kmsCallerKeys } from "../../reading/everyone";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { UNKNOWN, readValue } from "../../reading/value";
import { keyPolicyType, keyTypes } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const kmsKeysAreNotPublic = resourceRule({
  name: "kms-keys-are-not-public",
  title: "KMS keys are not public",
  description: "No key policy allows everyone to use or manage the key.",
  severity: "critical",
  references: {
    securityHub: [{ id: "KMS.5", title: "KMS keys should not be publicly accessible." }],
    checkov: ["CKV_AWS_33"],
    prowler: ["kms_key_not_publicly_accessible"],
  },
  remediationSteps:
    'Specify accounts, roles or services as Principal; the root of the key\'s own account delegates access to IAM. Or restrict "*" by a condition such as StringEquals on kms:CallerAccount or aws:PrincipalOrgID.',
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
      const isPublic = allowsEveryone(statement, kmsCallerKeys, document.statements);
      if (isPublic === UNKNOWN) verdict.undecided("policy");
      else if (isPublic) {
        const what = statement.notPrincipals ? "everyone except NotPrincipal" : "everyone";
        verdict.violation(
          `policy: ${statement.path} allows ${what}: specify principals, or add a condition with fixed values of kms:CallerAccount or aws:PrincipalOrgID.`,
        );
      }
    }
  },
});
