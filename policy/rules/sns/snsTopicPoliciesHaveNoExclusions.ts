import { topicPolicyType, topicType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateExclusions } from "../resourcePolicies/resourcePolicy";

export const snsTopicPoliciesHaveNoExclusions = resourceRule({
  name: "sns-topic-policies-have-no-exclusions",
  title: "SNS topic policies allow no actions by exclusion",
  description: "No Allow statement of an SNS topic policy has NotAction.",
  severity: "high",
  references: { cfnGuard: ["SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION"] },
  remediationSteps: "Replace NotAction with Action.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  types: [topicPolicyType, topicType],
  evaluate: evaluateExclusions,
});
