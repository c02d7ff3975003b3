import { type DeployedTypes, providerFile } from "../deployedType";

const stream = "arn:{partition}:kinesis:{region}:{account}:stream/{name}";
const deliveryStream = "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}";

/** Some versions of the provider tag a stream by its name, others by its ARN. */
const tagging = ["kinesis:AddTagsToStream", "kinesis:TagResource"];

export const kinesisTypes: DeployedTypes = {
  "aws:kinesis/stream:Stream": {
    source: providerFile("kinesis/stream.go"),
    calls: [
      {
        on: stream,
        create: ["kinesis:CreateStream", "kinesis:IncreaseStreamRetentionPeriod", ...tagging],
        read: [
          "kinesis:DescribeStreamSummary",
          "kinesis:ListTagsForStream",
          "kinesis:ListTagsForResource",
        ],
        update: [
          "kinesis:IncreaseStreamRetentionPeriod",
          "kinesis:DecreaseStreamRetentionPeriod",
          "kinesis:UpdateShardCount",
          "kinesis:UpdateMaxRecordSize",
          "kinesis:EnableEnhancedMonitoring",
          "kinesis:DisableEnhancedMonitoring",
          "kinesis:StartStreamEncryption",
          "kinesis:StopStreamEncryption",
          ...tagging,
          "kinesis:RemoveTagsFromStream",
          "kinesis:UntagResource",
        ],
        delete: ["kinesis:DeleteStream"],
      },
      // The Service Authorization Reference lists no resource for this action.
      { on: "*", update: ["kinesis:UpdateStreamMode"] },
      { on: stream, when: "shardLevelMetrics", create: ["kinesis:EnableEnhancedMonitoring"] },
      { on: stream, when: "kmsKeyId", create: ["kinesis:StartStreamEncryption"] },
      // Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys".
      {
        on: { key: "kmsKeyId" },
        when: "kmsKeyId",
        create: ["kms:DescribeKey"],
        update: ["kms:DescribeKey"],
      },
    ],
  },
  "aws:kinesis/streamConsumer:StreamConsumer": {
    source: providerFile("kinesis/stream_consumer.go"),
    calls: [
      {
        on: ["{streamArn}", "{streamArn}/consumer/{name}:*"],
        create: ["kinesis:RegisterStreamConsumer", "kinesis:TagResource"],
        read: ["kinesis:DescribeStreamConsumer", "kinesis:ListTagsForResource"],
        update: ["kinesis:TagResource", "kinesis:UntagResource"],
        delete: ["kinesis:DeregisterStreamConsumer"],
      },
    ],
  },
  "aws:kinesis/resourcePolicy:ResourcePolicy": {
    source: providerFile("kinesis/resource_policy.go"),
    calls: [
      {
        on: "{resourceArn}",
        create: ["kinesis:PutResourcePolicy"],
        read: ["kinesis:GetResourcePolicy"],
        update: ["kinesis:PutResourcePolicy"],
        delete: ["kinesis:DeleteResourcePolicy"],
      },
    ],
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    source: providerFile("firehose/delivery_stream.go"),
    passesRolesTo: "firehose.amazonaws.com",
    calls: [
      {
        on: deliveryStream,
        create: ["firehose:CreateDeliveryStream", "firehose:TagDeliveryStream"],
        read: ["firehose:DescribeDeliveryStream", "firehose:ListTagsForDeliveryStream"],
        update: [
          "firehose:UpdateDestination",
          "firehose:TagDeliveryStream",
          "firehose:UntagDeliveryStream",
          "firehose:StartDeliveryStreamEncryption",
          "firehose:StopDeliveryStreamEncryption",
        ],
        delete: ["firehose:DeleteDeliveryStream"],
      },
      {
        on: deliveryStream,
        when: "serverSideEncryption.enabled",
        create: ["firehose:StartDeliveryStreamEncryption"],
      },
      // Firehose API Reference, "StartDeliveryStreamEncryption": it creates a grant in the caller's name.
      {
        on: { key: "serverSideEncryption.keyArn" },
        when: "serverSideEncryption.keyArn",
        create: ["kms:CreateGrant"],
        update: ["kms:CreateGrant"],
        condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
  },
};
