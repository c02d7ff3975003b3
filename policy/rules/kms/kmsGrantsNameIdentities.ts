import { UNKNOWN, readValue } from "../../reading/value";
import { grantType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "granteePrincipal";

export const kmsGrantsNameIdentities = resourceRule({
  name: "kms-grants-name-identities",
  title: "KMS grants name a role or user",
  description: "No KMS grant allows a whole account to use the key.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps: "Set granteePrincipal to the ARN of the role that uses the key.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/grant-best-practices.html",
  types: [grantType],
  evaluate({ props }, verdict) {
    const grantee = readValue(props, path);
    if (grantee === UNKNOWN) verdict.undecided(path);
    else if (typeof grantee === "string" && isWholeAccount(grantee)) {
      verdict.violation(`${path} is a whole account: use the ARN of a role.`);
    }
  },
});

/** An account id, or the root of an account, for which the account's own policies decide. */
function isWholeAccount(grantee: string): boolean {
  return /^(arn:aws[a-z-]*:iam::)?[0-9]{12}(:root)?$/.test(grantee);
}
