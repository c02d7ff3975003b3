import { callerKeys } from "../../reading/everyone";
import { gluePolicyType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

export const glueCatalogPoliciesAreNotPublic = resourceRule({
  name: "glue-catalog-policies-are-not-public",
  title: "Glue Data Catalog policies are not public",
  description: "No resource policy of a Glue Data Catalog allows everyone.",
  severity: "critical",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Specify the accounts or roles that need access as Principal, or add a condition on aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/glue/latest/dg/security_iam_resource-based-policy-examples.html",
  types: [gluePolicyType],
  evaluate: evaluatePublicAccess(callerKeys, "aws:PrincipalOrgID"),
});
