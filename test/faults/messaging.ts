import { resource, type WireProperties } from "../../policy/testing";
import type { Fault } from "./fault";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const topicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
const queueArn = "arn:aws:sqs:us-east-1:123456789012:work";
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

/** A resource next to those of the component, which has no such resource. */
const next = (
  what: string,
  [type, props]: readonly [type: string, props: WireProperties],
  ...caughtBy: readonly string[]
): Fault => ({
  what,
  type: logGroupType,
  becomes: (logGroup) => [logGroup, resource(type, "more", props)],
  caughtBy,
});

const policyOf = (arn: string, service: string, ...statements: readonly object[]): string =>
  JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: `${service}:*`,
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...statements,
    ],
  });
const topicPolicy = (...statements: readonly object[]) =>
  [
    "aws:sns/topicPolicy:TopicPolicy",
    { arn: topicArn, policy: policyOf(topicArn, "sns", ...statements) },
  ] as const;
const queuePolicy = (...statements: readonly object[]) =>
  [
    "aws:sqs/queuePolicy:QueuePolicy",
    { queueUrl: "work", policy: policyOf(queueArn, "sqs", ...statements) },
  ] as const;
const topic = (props: WireProperties) =>
  [
    "aws:sns/topic:Topic",
    { kmsMasterKeyId: keyArn, policy: policyOf(topicArn, "sns"), ...props },
  ] as const;
const queue = (props: WireProperties) =>
  [
    "aws:sqs/queue:Queue",
    { kmsMasterKeyId: keyArn, policy: policyOf(queueArn, "sqs"), ...props },
  ] as const;

const publish = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: topicArn };
const send = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queueArn };
const other = { AWS: "arn:aws:iam::210987654321:root" };

const ofTopics: readonly Fault[] = [
  next("a topic without a key", topic({ kmsMasterKeyId: undefined }), "sns-topics-are-encrypted"),
  next(
    "a topic with an AWS-managed key",
    topic({ kmsMasterKeyId: "alias/aws/sns" }),
    "sns-topics-use-customer-managed-keys",
  ),
  next("a topic without a policy", topic({ policy: undefined }), "sns-topic-policies-require-tls"),
  next(
    "a topic policy that allows everyone",
    topicPolicy(publish),
    "sns-topic-policies-are-not-public",
  ),
  next(
    "a topic policy that allows another account",
    topicPolicy({ ...publish, Principal: other }),
    "sns-topic-policies-restrict-other-accounts",
  ),
  next(
    "a topic policy that allows by exclusion",
    topicPolicy({
      ...publish,
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: undefined,
      NotAction: "sns:DeleteTopic",
    }),
    "sns-topic-policies-have-no-exclusions",
  ),
  next(
    "a subscription over plain HTTP",
    [
      "aws:sns/topicSubscription:TopicSubscription",
      { topic: topicArn, protocol: "http", endpoint: "http://hook.example.com" },
    ],
    "sns-subscriptions-use-https",
  ),
];

const ofQueues: readonly Fault[] = [
  next(
    "a queue without encryption",
    queue({ kmsMasterKeyId: undefined, sqsManagedSseEnabled: false }),
    "sqs-queues-are-encrypted",
    "sqs-queues-use-customer-managed-keys",
  ),
  next(
    "a queue with an AWS-managed key",
    queue({ kmsMasterKeyId: "alias/aws/sqs" }),
    "sqs-queues-use-customer-managed-keys",
  ),
  next("a queue without a policy", queue({ policy: "" }), "sqs-queue-policies-require-tls"),
  next(
    "a queue policy that allows everyone",
    queuePolicy(send),
    "sqs-queue-policies-are-not-public",
  ),
  next(
    "a queue policy that allows by exclusion",
    queuePolicy({
      ...send,
      Principal: { Service: "sns.amazonaws.com" },
      Action: undefined,
      NotAction: "sqs:DeleteQueue",
    }),
    "sqs-queue-policies-have-no-exclusions",
  ),
];

const ofAlarms: readonly Fault[] = [
  {
    what: "an alarm without actions",
    type: alarmType,
    name: "events-iterator-age",
    breaks: (props) => ({ ...props, alarmActions: [] }),
    caughtBy: ["cloudwatch-alarms-have-actions"],
  },
  {
    what: "a composite alarm without actions",
    type: compositeType,
    name: "events-delivery-stalled",
    breaks: (props) => ({ ...props, alarmActions: undefined }),
    caughtBy: ["cloudwatch-alarms-have-actions"],
  },
  {
    what: "an alarm with disabled actions",
    type: alarmType,
    name: "events-iterator-age",
    breaks: (props) => ({ ...props, actionsEnabled: false }),
    caughtBy: ["cloudwatch-alarm-actions-are-enabled"],
  },
];

/** Faults in what is around a pipeline: topics, queues and alarms. */
const everyone = (Action: string) =>
  JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action, Resource: "*" } });

const ofOthers: readonly Fault[] = [
  next(
    "a policy of an event bus that allows everyone",
    ["aws:cloudwatch/eventBusPolicy:EventBusPolicy", { policy: everyone("events:PutEvents") }],
    "events-bus-policies-are-not-public",
  ),
  next(
    "a policy of the Glue catalog that allows everyone",
    ["aws:glue/resourcePolicy:ResourcePolicy", { policy: everyone("glue:GetTable") }],
    "glue-catalog-policies-are-not-public",
  ),
  next(
    "a policy of an access point that allows everyone",
    ["aws:s3control/accessPointPolicy:AccessPointPolicy", { policy: everyone("s3:GetObject") }],
    "s3-access-point-policies-are-not-public",
  ),
  next(
    "a permission of a function for everyone",
    ["aws:lambda/permission:Permission", { principal: "*" }],
    "lambda-permissions-are-not-public",
  ),
];

export const messagingFaults: readonly Fault[] = [
  ...ofTopics,
  ...ofQueues,
  ...ofAlarms,
  ...ofOthers,
];
