import { callerKeys } from "../../reading/everyone";
import { queuePolicyType, queueType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluatePublicAccess } from "../resourcePolicies/resourcePolicy";

export const sqsQueuePoliciesAreNotPublic = resourceRule({
  name: "sqs-queue-policies-are-not-public",
  title: "SQS queue policies are not public",
  description: "No SQS queue policy allows everyone to send, receive or manage messages.",
  severity: "critical",
  references: {
    securityHub: [
      { id: "SQS.3", title: "SQS queue access policies should not allow public access." },
    ],
    checkov: ["CKV_AWS_168"],
    prowler: ["sqs_queues_not_publicly_accessible"],
  },
  remediationSteps:
    "Specify the services, accounts or roles that need access as Principal, or add a condition on aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
  types: [queuePolicyType, queueType],
  evaluate: evaluatePublicAccess(
    callerKeys,
    "aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID",
  ),
});
