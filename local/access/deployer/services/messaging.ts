import { type DeployedTypes, partOf, providerFile } from "../deployedType";

const topic = "arn:{partition}:sns:{region}:{account}:{name}";
const queue = "arn:{partition}:sqs:{region}:{account}:{name}";

/** The topics of alarms, the queues and the functions that programs with a pipeline often have. */
export const messagingTypes: DeployedTypes = {
  "aws:sns/topic:Topic": {
    source: providerFile("sns/topic.go"),
    calls: [
      {
        on: topic,
        create: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:TagResource"],
        read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
        update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
        delete: ["sns:DeleteTopic"],
      },
    ],
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    source: providerFile("sns/topic_policy.go"),
    calls: partOf("{arn}", { read: ["sns:GetTopicAttributes"], put: ["sns:SetTopicAttributes"] }),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    source: providerFile("sns/topic_subscription.go"),
    calls: [
      {
        on: ["{topic}", "{topic}:*"],
        create: ["sns:Subscribe"],
        read: ["sns:GetSubscriptionAttributes"],
        update: ["sns:SetSubscriptionAttributes"],
        delete: ["sns:Unsubscribe"],
      },
    ],
  },
  "aws:sqs/queue:Queue": {
    source: providerFile("sqs/queue.go"),
    calls: [
      {
        on: queue,
        create: ["sqs:CreateQueue", "sqs:TagQueue"],
        read: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
        update: ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
        delete: ["sqs:DeleteQueue"],
      },
    ],
  },
  "aws:lambda/function:Function": {
    source: providerFile("lambda/function.go"),
    passesRolesTo: "lambda.amazonaws.com",
    calls: [
      {
        on: "arn:{partition}:lambda:{region}:{account}:function:{name}",
        create: ["lambda:CreateFunction", "lambda:TagResource"],
        read: [
          "lambda:GetFunction",
          "lambda:GetFunctionCodeSigningConfig",
          "lambda:ListVersionsByFunction",
          "lambda:ListTags",
        ],
        update: [
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "lambda:PublishVersion",
          "lambda:PutFunctionConcurrency",
          "lambda:DeleteFunctionConcurrency",
          "lambda:TagResource",
          "lambda:UntagResource",
        ],
        delete: ["lambda:DeleteFunction"],
      },
      {
        on: "arn:{partition}:lambda:{region}:{account}:function:{name}",
        when: "reservedConcurrentExecutions",
        create: ["lambda:PutFunctionConcurrency"],
      },
    ],
  },
};
