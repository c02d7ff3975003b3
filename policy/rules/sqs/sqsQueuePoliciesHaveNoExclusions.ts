import { queuePolicyType, queueType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateExclusions } from "../resourcePolicies/resourcePolicy";

export const sqsQueuePoliciesHaveNoExclusions = resourceRule({
  name: "sqs-queue-policies-have-no-exclusions",
  title: "SQS queue policies allow no actions by exclusion",
  description: "No Allow statement of an SQS queue policy has NotAction.",
  severity: "high",
  references: { wellArchitected: ["security"] },
  remediationSteps: "Replace NotAction with Action.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  types: [queuePolicyType, queueType],
  evaluate: evaluateExclusions,
});
