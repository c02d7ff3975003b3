import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";

/** A function reads the stream, and a role of another account reads it by a stream policy. */
export function consumer(): void {
  const key = new kms.Key("orders", { enableKeyRotation: true, rotationPeriodInDays: 180 });
  const stream = new kinesis.Stream("orders", {
    shardCount: 2,
    encryptionType: "KMS",
    kmsKeyId: key.keyId,
  });
  new kinesis.ResourcePolicy("orders", {
    resourceArn: stream.arn,
    policy: pulumi.jsonStringify(
      allowing({
        Principal: { AWS: "arn:aws:iam::210987654321:role/reader" },
        Action: ["kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:GetRecords"],
        Resource: stream.arn,
      }),
    ),
  });
  const logs = new cloudwatch.LogGroup("reader", {
    name: "/aws/lambda/reader",
    retentionInDays: 14,
  });
  const role = new iam.Role("reader", {
    assumeRolePolicy: JSON.stringify(
      allowing({ Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }),
    ),
  });
  new iam.RolePolicy("reader", {
    role: role.id,
    policy: pulumi.jsonStringify(
      allowing(
        {
          Action: ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:SubscribeToShard"],
          Resource: [stream.arn, pulumi.interpolate`${stream.arn}/consumer/*`],
        },
        { Action: "kms:Decrypt", Resource: key.arn },
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${logs.arn}:*`,
        },
        // These actions have no resource.
        {
          Action: ["kinesis:ListStreams", "cloudwatch:PutMetricData", "xray:PutTraceSegments"],
          Resource: "*",
        },
        {
          Action: "iam:PassRole",
          Resource: `arn:aws:iam::${account}:role/exports/*`,
          Condition: { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } },
        },
      ),
    ),
  });
}
