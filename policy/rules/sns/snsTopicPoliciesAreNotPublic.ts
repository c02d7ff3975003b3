import { callerKeys } from "../../reading/everyone";
import { topicPolicyType, topicType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

/** The default policy of a topic allows everyone, restricted to its owner by aws:SourceOwner. */
const narrowingKeys = [...callerKeys, "aws:SourceOwner"];

export const snsTopicPoliciesAreNotPublic = resourceRule({
  name: "sns-topic-policies-are-not-public",
  title: "SNS topic policies are not public",
  description: "No SNS topic policy allows everyone to publish, subscribe or manage the topic.",
  severity: "critical",
  references: {
    securityHub: [
      { id: "SNS.4", title: "SNS topic access policies should not allow public access." },
    ],
    checkov: ["CKV_AWS_169"],
    prowler: ["sns_topics_not_publicly_accessible"],
    cfnGuard: [
      "SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL",
      "SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL",
    ],
  },
  remediationSteps:
    "Specify the services, accounts or roles that need access as Principal, or add a condition on aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
  types: [topicPolicyType, topicType],
  evaluate: evaluatePublicAccess(
    narrowingKeys,
    "aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID",
  ),
});
