// The component in your own program, with what most teams need besides: an encrypted SNS topic for
// alarms, and the role of the application that sends the events. In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/typescript --policy-pack ../../policy --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
//
// The data is protected, and stays in AWS. After a trial, delete it: add `protect: false` and
// `bucket: { forceDestroy: true }` to the arguments, then `pulumi up` and `pulumi destroy`.
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const { accountId } = getCallerIdentityOutput();
// CloudWatch cannot publish to a topic that is encrypted with the AWS-managed key of SNS.
const onCallKey = new kms.Key("lake-on-call", {
  description: "Messages about alarms",
  enableKeyRotation: true,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  }),
});
const onCall = new sns.Topic("lake-on-call", { kmsMasterKeyId: onCallKey.arn });
new sns.TopicSubscription("lake-on-call", {
  topic: onCall.arn,
  protocol: "email",
  endpoint: new pulumi.Config().require("alarmEmail"),
});

const clicks = new DeliveryPipeline(
  "clicks",
  {
    stream: { retentionHours: 72 },
    bucket: { tiering: [{ storageClass: "GLACIER_IR", afterDays: 90 }] },
    delivery: { bufferIntervalSeconds: 120 },
    alarms: { actionArns: [onCall.arn], okActionArns: [onCall.arn] },
    tags: { team: "web" },
  },
  { hooks: { onError: [awaitIamPropagation("clicks")] } },
);

const shop = new iam.Role("shop", {
  assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
new iam.RolePolicy("shop-sends-clicks", { role: shop.name, policy: clicks.producerPolicy });

export const { streamName, bucketName, dashboardName } = clicks;
/** Marked so that `pulumi up` does not print it: `pulumi stack output athenaTable --show-secrets`. */
export const athenaTable = pulumi.secret(clicks.athenaTable);
export const shopRoleArn = shop.arn;
