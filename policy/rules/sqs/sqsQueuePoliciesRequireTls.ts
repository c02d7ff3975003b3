import { queuePolicyType, queueType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { queues } from "../../stack/link";
import { requireTls } from "../resourcePolicies/requireTls";

export const sqsQueuePoliciesRequireTls = stackRule({
  name: "sqs-queue-policies-require-tls",
  title: "SQS queue policies require TLS",
  description: "The policy of every SQS queue denies all actions to everyone without TLS.",
  severity: "medium",
  level: "advisory",
  references: { cdkNag: ["SQSQueueSSLRequestsOnly", "AwsSolutions-SQS4"] },
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "sqs:*", the queue\'s ARN as Resource and Condition {"Bool": {"aws:SecureTransport": "false"}}.',
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
  types: [queuePolicyType, queueType],
  evaluate: requireTls({
    kind: queues,
    noun: "queue",
    companionType: queuePolicyType,
    companionPath: "queueUrl",
    companion: "an aws.sqs.QueuePolicy",
    action: "sqs:*",
  }),
});
