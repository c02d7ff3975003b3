import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as lambda from "@pulumi/aws/lambda";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";

/** Functions on a stream and on a schedule, with failures in a queue and events on a bus. */
export function reactions(): void {
  const stream = new kinesis.Stream("orders", {
    encryptionType: "KMS",
    kmsKeyId: `arn:aws:kms:eu-central-1:${account}:key/1a2b3c4d`,
    streamModeDetails: { streamMode: "ON_DEMAND" },
  });
  const failed = new sqs.Queue("failed", { kmsMasterKeyId: "alias/shop", fifoQueue: false });
  const bus = new cloudwatch.EventBus("orders");
  new cloudwatch.EventBusPolicy("orders", {
    eventBusName: bus.name,
    policy: pulumi.jsonStringify(
      allowing(
        {
          Sid: "Partner",
          Principal: { AWS: "210987654321" },
          Action: "events:PutEvents",
          Resource: bus.arn,
        },
        {
          Sid: "Organization",
          Principal: "*",
          Action: "events:PutEvents",
          Resource: bus.arn,
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
        },
      ),
    ),
  });
  const worker = functionOf("worker", [
    {
      Action: [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
        "kinesis:SubscribeToShard",
      ],
      Resource: [stream.arn, pulumi.interpolate`${stream.arn}/consumer/worker:*`],
    },
    { Action: ["kinesis:ListStreams"], Resource: "*" },
    { Action: ["sqs:SendMessage"], Resource: failed.arn },
    { Action: ["events:PutEvents"], Resource: bus.arn },
    { Action: ["dynamodb:PutItem", "dynamodb:Query"], Resource: tableArns("orders") },
    { Action: "secretsmanager:GetSecretValue", Resource: secretArn("payments") },
  ]);
  const consumer = new kinesis.StreamConsumer("worker", { streamArn: stream.arn });
  new lambda.EventSourceMapping("orders", {
    eventSourceArn: consumer.arn,
    functionName: worker.arn,
    startingPosition: "LATEST",
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 3,
    destinationConfig: { onFailure: { destinationArn: failed.arn } },
  });
  const nightly = functionOf("nightly", [
    {
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
    },
    {
      Action: ["athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults"],
      Resource: `arn:aws:athena:eu-central-1:${account}:workgroup/shop`,
    },
    {
      Action: [
        "ec2:CreateNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DeleteNetworkInterface",
      ],
      Resource: "*",
      Condition: {
        ArnEquals: { "ec2:Vpc": `arn:aws:ec2:eu-central-1:${account}:vpc/vpc-1a2b3c4d` },
      },
    },
  ]);
  schedule(nightly);
  const topic = new sns.Topic("operators", { kmsMasterKeyId: "alias/shop" });
  new sns.TopicSubscription("operators", {
    topic: topic.arn,
    protocol: "https",
    endpoint: "https://chat.example.com/hooks/shop",
  });
  new cloudwatch.MetricAlarm("failed", {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: failed.name },
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 1,
    period: 300,
    statistic: "Maximum",
    alarmActions: [topic.arn],
  });
}

function functionOf(name: string, statements: readonly object[]): lambda.Function {
  const logs = new cloudwatch.LogGroup(name, { name: `/aws/lambda/${name}`, retentionInDays: 30 });
  const role = new iam.Role(name, {
    assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
    managedPolicyArns: [iam.ManagedPolicy.AWSXRayDaemonWriteAccess],
    inlinePolicies: [
      {
        name: "work",
        policy: pulumi.jsonStringify(
          allowing(...statements, {
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
          }),
        ),
      },
    ],
  });
  return new lambda.Function(
    name,
    {
      name,
      role: role.arn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({
        "index.mjs": new pulumi.asset.StringAsset("export const handler = async () => {};"),
      }),
      tracingConfig: { mode: "Active" },
    },
    { dependsOn: logs },
  );
}

function schedule(target: lambda.Function): void {
  const rule = new cloudwatch.EventRule("nightly", { scheduleExpression: "cron(0 3 * * ? *)" });
  new cloudwatch.EventTarget("nightly", { rule: rule.name, arn: target.arn });
  new lambda.Permission("nightly", {
    function: target.name,
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
    sourceArn: rule.arn,
  });
  new lambda.Permission("lake", {
    function: target.name,
    action: "lambda:InvokeFunction",
    principal: "s3.amazonaws.com",
    sourceArn: "arn:aws:s3:::lake",
    sourceAccount: account,
  });
}

function tableArns(name: string): readonly string[] {
  const table = `arn:aws:dynamodb:eu-central-1:${account}:table/${name}`;
  return [table, `${table}/index/*`];
}

function secretArn(name: string): string {
  return `arn:aws:secretsmanager:eu-central-1:${account}:secret:${name}-??????`;
}
