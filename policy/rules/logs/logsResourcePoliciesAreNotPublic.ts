import { callerKeys } from "../../reading/everyone";
import {
  logDeliveryDestinationPolicyType,
  logDestinationPolicyType,
  logResourcePolicyType,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

export const logsResourcePoliciesAreNotPublic = resourceRule({
  name: "logs-resource-policies-are-not-public",
  title: "CloudWatch Logs policies are not public",
  description: "No policy of log groups or log destinations allows everyone.",
  severity: "critical",
  references: { prowler: ["cloudwatch_log_group_not_publicly_accessible"] },
  remediationSteps:
    "Specify the services or accounts that need access as Principal, or add a condition on aws:SourceAccount or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html",
  types: [logResourcePolicyType, logDestinationPolicyType, logDeliveryDestinationPolicyType],
  evaluate: evaluatePublicAccess(callerKeys, "aws:SourceAccount or aws:PrincipalOrgID"),
});
