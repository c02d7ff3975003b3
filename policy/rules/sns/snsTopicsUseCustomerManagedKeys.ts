import { isAwsManagedAlias } from "../../reading/awsManagedKey";
import { UNKNOWN, readValue } from "../../reading/value";
import { topicType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "kmsMasterKeyId";

export const snsTopicsUseCustomerManagedKeys = resourceRule({
  name: "sns-topics-use-customer-managed-keys",
  title: "SNS topics use customer-managed keys",
  description: "Every encrypted SNS topic uses a customer-managed KMS key.",
  severity: "medium",
  level: "advisory",
  references: { trivy: ["AWS-0136"] },
  remediationSteps:
    "Set kmsMasterKeyId to the ARN of an aws.kms.Key: the policy of alias/aws/sns allows no AWS service to publish.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
  types: [topicType],
  evaluate({ props }, verdict) {
    const key = readValue(props, path) ?? "";
    if (key === UNKNOWN) verdict.undecided(path);
    else if (key === "") verdict.inapplicable("the topic has no key");
    else if (typeof key !== "string" || isAwsManagedAlias(key)) {
      verdict.violation(`${path} is an AWS-managed key: use a customer-managed key.`);
    }
  },
});
