import { callerKeys } from "../../reading/everyone";
import { accessPointPolicyType, accessPointType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

export const s3AccessPointPoliciesAreNotPublic = resourceRule({
  name: "s3-access-point-policies-are-not-public",
  title: "S3 access point policies are not public",
  description: "No policy of an access point allows everyone to use it.",
  severity: "critical",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Specify the accounts or roles that need access as Principal, or add a condition on aws:PrincipalOrgID or aws:SourceVpce.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html",
  types: [accessPointType, accessPointPolicyType],
  evaluate: evaluatePublicAccess(callerKeys, "aws:PrincipalOrgID or aws:SourceVpce"),
});
