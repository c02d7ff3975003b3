import { getCallerIdentityOutput, getPartitionOutput, getRegionOutput } from "@pulumi/aws";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";

/** Every document is written with getPolicyDocument, as teams do that come from Terraform. */
export function dataDocuments(): void {
  const { accountId } = getCallerIdentityOutput();
  const { partition } = getPartitionOutput();
  const region = getRegionOutput().region;
  const root = pulumi.interpolate`arn:${partition}:iam::${accountId}:root`;
  const key = new kms.Key("orders", {
    description: "Orders",
    enableKeyRotation: true,
    policy: documentOf([
      {
        sid: "Administration",
        principals: [{ type: "AWS", identifiers: [root] }],
        actions: ["kms:*"],
        resources: ["*"],
      },
      {
        sid: "Queue",
        principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
        actions: ["kms:GenerateDataKey*", "kms:Decrypt"],
        resources: ["*"],
        conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
      },
    ]),
  });
  const stream = new kinesis.Stream("orders", {
    encryptionType: "KMS",
    kmsKeyId: key.arn,
    shardCount: 1,
    retentionPeriod: 48,
  });
  const queue = new sqs.Queue("failed-orders", {
    kmsMasterKeyId: key.id,
    messageRetentionSeconds: 1_209_600,
  });
  new sqs.QueuePolicy("failed-orders", {
    queueUrl: queue.id,
    policy: documentOf([
      {
        principals: [{ type: "AWS", identifiers: [root] }],
        actions: ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
        resources: [queue.arn],
      },
      {
        effect: "Deny",
        principals: [{ type: "*", identifiers: ["*"] }],
        actions: ["sqs:*"],
        resources: [queue.arn],
        conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ]),
  });
  const trust = iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
        actions: ["sts:AssumeRole"],
      },
    ],
  });
  const role = new iam.Role("worker", { assumeRolePolicy: trust.json });
  const logs = pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/lambda/worker`;
  const base = iam.getPolicyDocumentOutput({
    statements: [
      {
        sid: "Logs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [pulumi.interpolate`${logs}:*`],
      },
      {
        sid: "Metrics",
        actions: ["cloudwatch:PutMetricData"],
        resources: ["*"],
        conditions: [
          { test: "StringEquals", variable: "cloudwatch:namespace", values: ["Shop/Orders"] },
        ],
      },
    ],
  });
  const access = iam.getPolicyDocumentOutput({
    sourcePolicyDocuments: [base.json],
    statements: [
      {
        sid: "Stream",
        actions: ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream*"],
        resources: [stream.arn],
      },
      { sid: "Shards", actions: ["kinesis:ListShards"], resources: [stream.arn] },
      { sid: "Streams", actions: ["kinesis:ListStreams"], resources: ["*"] },
      { sid: "Failures", actions: ["sqs:SendMessage"], resources: [queue.arn] },
      { sid: "Key", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key.arn] },
    ],
  });
  new iam.RolePolicy("worker", { role: role.id, policy: access.json });
}

function documentOf(
  statements: NonNullable<Parameters<typeof iam.getPolicyDocumentOutput>[0]>["statements"],
): pulumi.Output<string> {
  return iam.getPolicyDocumentOutput({ statements }).json;
}
