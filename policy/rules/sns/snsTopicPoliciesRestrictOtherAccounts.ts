import { UNKNOWN } from "../../reading/value";
import { topicPolicyType, topicType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { topics } from "../../stack/link";
import { accountSettings, restrictOtherAccounts } from "../resourcePolicies/otherAccounts";

export const snsTopicPoliciesRestrictOtherAccounts = stackRule({
  name: "sns-topic-policies-restrict-other-accounts",
  title: "SNS topic policies restrict other accounts",
  description: "No SNS topic policy allows principals of other accounts without a condition.",
  severity: "medium",
  level: "advisory",
  references: { checkov: ["CKV_AWS_385"] },
  remediationSteps:
    "Remove the account, add a condition such as sns:Protocol or aws:PrincipalArn, or add the account to allowedAccounts in the config.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
  types: [topicPolicyType, topicType],
  settings: accountSettings,
  evaluate: restrictOtherAccounts({
    kind: topics,
    companionType: topicPolicyType,
    companionPath: "arn",
    concerns: ({ conditions }) => (conditions === UNKNOWN ? UNKNOWN : conditions.length === 0),
    what: "use the topic without a condition",
    fix: "add a condition",
  }),
});
