// A Lambda function that removes email addresses before anything is stored, and drops health checks.
// Firehose calls the alias, so a rollback is a change of the alias. The source records are not backed
// up, because they contain what must not be stored: policy.json says so to the policy pack.
// In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/redaction --policy-pack ../../policy --policy-config policy.json --stack dev
//   npx streamlake local --cwd examples/redaction --input visits.jsonl --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config policy.json`.
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const role = new iam.Role("redact", {
  assumeRolePolicy: iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const logging = new iam.RolePolicyAttachment("redact-logs", {
  role: role.name,
  policyArn: iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});
const redact = new lambda.Function(
  "redact",
  {
    runtime: lambda.Runtime.NodeJS22dX,
    handler: "index.handler",
    code: new pulumi.asset.FileArchive("function"),
    role: role.arn,
    memorySize: 256,
    timeout: 60,
    publish: true,
    environment: { variables: { REDACTED_FIELDS: "email,phone" } },
  },
  { dependsOn: logging },
);
const live = new lambda.Alias("live", {
  functionName: redact.name,
  functionVersion: redact.version,
});

const visits = new DeliveryPipeline(
  "visits",
  {
    transform: { functionArn: live.arn },
    alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  },
  { hooks: { onError: [awaitIamPropagation("visits")] } },
);

export const { streamName, bucketName } = visits;
