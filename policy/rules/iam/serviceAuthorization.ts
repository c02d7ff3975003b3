// Facts about services that policy documents do not contain. Source, by service:
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/** Actions without a resource type, in lowercase: AWS accepts only `"*"` as their Resource. */
export const actionsWithoutResource: ReadonlySet<string> = new Set(
  [
    "cloudwatch:GetMetricData",
    "cloudwatch:GetMetricStatistics",
    "cloudwatch:ListMetrics",
    "cloudwatch:PutMetricData",
    "dynamodb:ListTables",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "ecr:GetAuthorizationToken",
    "firehose:ListDeliveryStreams",
    "iam:GetAccountSummary",
    "iam:ListAccountAliases",
    "kinesis:DescribeLimits",
    "kinesis:ListStreams",
    "kms:CreateKey",
    "kms:GenerateRandom",
    "kms:ListAliases",
    "kms:ListKeys",
    "lambda:ListFunctions",
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "s3:GetAccountPublicAccessBlock",
    "s3:ListAllMyBuckets",
    "secretsmanager:GetRandomPassword",
    "secretsmanager:ListSecrets",
    "sns:ListTopics",
    "sqs:ListQueues",
    "ssm:DescribeParameters",
    "sts:GetCallerIdentity",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ].map((action) => action.toLowerCase()),
);

/**
 * Words in an ARN that name a kind of resource, not a resource: `stream/*` is every stream. Without
 * S3, whose ARNs begin with the name of the bucket.
 */
export const resourceKinds: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ["table", "index", "stream"],
  firehose: ["deliverystream"],
  glue: ["catalog", "database", "table"],
  iam: ["group", "instance-profile", "policy", "role", "user"],
  kinesis: ["stream", "consumer"],
  kms: ["alias", "key"],
  lambda: ["function"],
  logs: ["log-group", "log-stream"],
  secretsmanager: ["secret"],
  ssm: ["parameter"],
};
