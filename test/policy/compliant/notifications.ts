import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";
import { privateBucket } from "./privateBucket";

const owner = { AWS: `arn:aws:iam::${account}:root` };

/** Events of a bucket go through a topic to a queue, and alarms notify another topic. */
export function notifications(): void {
  const key = new kms.Key("messages", {
    enableKeyRotation: true,
    policy: JSON.stringify(
      allowing(
        { Principal: owner, Action: "kms:*", Resource: "*" },
        {
          Principal: { Service: ["cloudwatch.amazonaws.com", "s3.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
      ),
    ),
  });
  new kms.Grant("worker", {
    keyId: key.keyId,
    granteePrincipal: `arn:aws:iam::${account}:role/worker`,
    operations: ["Decrypt"],
  });
  objectEvents(key);
  alarmsFor(new sns.Topic("on-call", { kmsMasterKeyId: key.arn }));
  accessFor(key);
}

/** The account's own administrators may do everything with the bucket, and producers only publish. */
function objectEvents(key: kms.Key): void {
  const lake = privateBucket("lake", {
    Effect: "Allow",
    Principal: owner,
    Action: "s3:*",
    Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
  });
  const topic = new sns.Topic("objects", { kmsMasterKeyId: key.arn });
  new sns.TopicPolicy("objects", {
    arn: topic.arn,
    policy: pulumi.jsonStringify(
      allowing(
        {
          Principal: { Service: "s3.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { ArnLike: { "aws:SourceArn": lake.arn } },
        },
        {
          Principal: "*",
          Action: ["sns:Subscribe", "sns:Publish"],
          Resource: topic.arn,
          Condition: { StringEquals: { "AWS:SourceOwner": account } },
        },
      ),
    ),
  });
  const failed = new sqs.Queue("failed", { sqsManagedSseEnabled: true });
  const queue = new sqs.Queue("objects", {
    kmsMasterKeyId: key.arn,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 3 }),
  });
  new sqs.QueuePolicy("objects", {
    queueUrl: queue.url,
    policy: pulumi.jsonStringify(
      allowing({
        Principal: "*",
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
      }),
    ),
  });
  new sns.TopicSubscription("objects", { topic: topic.arn, protocol: "sqs", endpoint: queue.arn });
}

function alarmsFor(topic: sns.Topic): void {
  const alarm = (name: string, metricName: string): cloudwatch.MetricAlarm =>
    new cloudwatch.MetricAlarm(name, {
      namespace: "AWS/SQS",
      metricName,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      period: 60,
      threshold: 10,
      statistic: "Maximum",
    });
  const [old, many] = [
    alarm("old", "ApproximateAgeOfOldestMessage"),
    alarm("many", "ApproximateNumberOfMessagesVisible"),
  ];
  new cloudwatch.CompositeAlarm("late", {
    alarmName: "late",
    alarmRule: pulumi.interpolate`ALARM(${old.name}) AND ALARM(${many.name})`,
    alarmActions: [topic.arn],
  });
}

function accessFor(key: kms.Key): void {
  new s3.AccountPublicAccessBlock("account", {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new s3.AccessPoint("readers", { bucket: "lake", vpcConfiguration: { vpcId: "vpc-1a2b3c4d" } });
  new s3.BucketObjectv2("schema", { bucket: "lake", key: "schema.json", kmsKeyId: key.arn });
  new cloudwatch.LogResourcePolicy("delivery", {
    policyName: "delivery",
    policyDocument: JSON.stringify(
      allowing({
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-central-1:${account}:log-group:/aws/vendedlogs/*`,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      }),
    ),
  });
  new cloudtrail.Trail("objects", {
    s3BucketName: "audit",
    isMultiRegionTrail: true,
    kmsKeyId: key.arn,
    eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }],
  });
}
