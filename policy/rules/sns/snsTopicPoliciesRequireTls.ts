import { topicPolicyType, topicType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { topics } from "../../stack/link";
import { requireTls } from "../resourcePolicies/requireTls";

export const snsTopicPoliciesRequireTls = stackRule({
  name: "sns-topic-policies-require-tls",
  title: "SNS topic policies require TLS",
  description: "The policy of every SNS topic denies everyone to publish without TLS.",
  severity: "medium",
  level: "advisory",
  references: { cdkNag: ["AwsSolutions-SNS3"] },
  remediationSteps:
    'Add a statement with Effect "Deny", Principal "*", Action "sns:Publish", the topic\'s ARN as Resource and Condition {"Bool": {"aws:SecureTransport": "false"}}. A policy replaces the default one, so allow the services that publish, too.',
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
  types: [topicPolicyType, topicType],
  evaluate: requireTls({
    kind: topics,
    noun: "topic",
    companionType: topicPolicyType,
    companionPath: "arn",
    companion: "an aws.sns.TopicPolicy",
    action: "sns:Publish",
  }),
});
