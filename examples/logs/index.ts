// The messages of a log group in a lake: a subscription filter puts the log events on the stream, and
// Firehose unpacks them, so that each message is a line of an object.
// In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/logs --policy-pack ../../policy --stack dev
//   npx streamlake local --cwd examples/logs --input subscription.jsonl --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
//
// CloudWatch Logs compresses what it sends with GZIP, so the local run does the same with each line.
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

/** An existing log group. */
const logGroup = new pulumi.Config().require("logGroup");
const { accountId } = getCallerIdentityOutput();

const logs = new DeliveryPipeline(
  "logs",
  {
    delivery: { cloudWatchLogs: "messages", delimiter: "none" },
    alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  },
  { hooks: { onError: [awaitIamPropagation("logs")] } },
);

const subscriber = new iam.Role("subscriber", {
  assumeRolePolicy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringLike: {
            "aws:SourceArn": pulumi.interpolate`arn:aws:logs:${logs.region}:${accountId}:*`,
          },
        },
      },
    ],
  }),
});
const sends = new iam.RolePolicy("subscriber-sends-logs", {
  role: subscriber.name,
  policy: logs.producerPolicy,
});
new cloudwatch.LogSubscriptionFilter(
  "logs",
  {
    logGroup,
    filterPattern: "?ERROR ?WARN",
    destinationArn: logs.streamArn,
    roleArn: subscriber.arn,
  },
  { dependsOn: sends },
);

export const { streamName, bucketName } = logs;
