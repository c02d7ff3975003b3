import { arn, type AwsShape, type AwsShapes, named } from "./shape";

/** A policy of a queue, whose id is the queue's URL. */
const ofQueue: AwsShape = { id: "{queueUrl}" };

/** Sources: Service Authorization Reference, "Amazon SQS", "Amazon SNS"; provider, "Import". */
export const messagingShapes: AwsShapes = {
  "aws:sns/dataProtectionPolicy:DataProtectionPolicy": { id: "{arn}" },
  "aws:sns/platformApplication:PlatformApplication": {
    name: named(256),
    outputs: { arn: arn("sns", "app/{platform}/{name}") },
    id: "{arn}",
  },
  "aws:sns/smsPreferences:SmsPreferences": {},
  "aws:sns/topic:Topic": {
    name: { ...named(256), fifo: "fifoTopic" },
    tagged: true,
    outputs: { arn: arn("sns", "{name}"), owner: "{account}" },
    id: "{arn}",
  },
  "aws:sns/topicPolicy:TopicPolicy": { id: "{arn}" },
  // Its ARN ends with a UUID.
  "aws:sns/topicSubscription:TopicSubscription": {},
  "aws:sqs/queue:Queue": {
    name: { ...named(80), fifo: "fifoQueue" },
    tagged: true,
    outputs: {
      arn: arn("sqs", "{name}"),
      url: "https://sqs.{region}.{dnsSuffix}/{account}/{name}",
    },
    id: "{url}",
  },
  "aws:sqs/queuePolicy:QueuePolicy": ofQueue,
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": ofQueue,
  "aws:sqs/redrivePolicy:RedrivePolicy": ofQueue,
};
