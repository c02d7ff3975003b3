import { readEach, UNKNOWN } from "../../reading/value";
import { grantType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const kmsGrantsAreNotPassedOn = resourceRule({
  name: "kms-grants-are-not-passed-on",
  title: "KMS grants cannot be passed on",
  description: "No KMS grant allows its grantee to create further grants for the key.",
  severity: "medium",
  level: "advisory",
  references: { wellArchitected: ["security"] },
  remediationSteps: "Remove CreateGrant from operations, and declare a grant for each grantee.",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/grant-best-practices.html",
  types: [grantType],
  evaluate({ props }, verdict) {
    const operations = readEach(props, "operations");
    if (operations.includes("CreateGrant")) {
      verdict.violation(
        "operations has CreateGrant, which lets the grantee grant others: remove it.",
      );
    } else if (operations.includes(UNKNOWN)) verdict.undecided("operations");
  },
});
