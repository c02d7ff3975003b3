import { callerKeys } from "../../reading/everyone";
import { eventBusPolicyType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

export const eventsBusPoliciesAreNotPublic = resourceRule({
  name: "events-bus-policies-are-not-public",
  title: "EventBridge bus policies are not public",
  description: "No policy of an event bus allows everyone to send or read events.",
  severity: "critical",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Specify the accounts or roles that need access as Principal, or add a condition on aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
  types: [eventBusPolicyType],
  evaluate: evaluatePublicAccess(callerKeys, "aws:PrincipalOrgID"),
});
