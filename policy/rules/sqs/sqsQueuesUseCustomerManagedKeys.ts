import { isAwsManagedAlias } from "../../reading/awsManagedKey";
import { UNKNOWN, readValue } from "../../reading/value";
import { queueType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "kmsMasterKeyId";

export const sqsQueuesUseCustomerManagedKeys = resourceRule({
  name: "sqs-queues-use-customer-managed-keys",
  title: "SQS queues use customer-managed keys",
  description: "Every SQS queue encrypts its messages with a customer-managed KMS key.",
  severity: "medium",
  level: "advisory",
  references: { trivy: ["AWS-0135"] },
  remediationSteps: "Set kmsMasterKeyId to the ARN of an aws.kms.Key.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html",
  types: [queueType],
  evaluate({ props }, verdict) {
    const key = readValue(props, path) ?? "";
    if (key === UNKNOWN) verdict.undecided(path);
    else if (key === "") verdict.violation(`${path} is absent: set it to the ARN of a KMS key.`);
    else if (typeof key !== "string" || isAwsManagedAlias(key)) {
      verdict.violation(`${path} is an AWS-managed key: use a customer-managed key.`);
    }
  },
});
