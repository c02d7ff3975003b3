// Facts about services that policy documents do not contain. Source, by service:
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

/**
 * Actions that need `"*"` although the data has a resource type for them. Of metrics, it is optional, and
 * calls that name no dataset have no resource: Amazon CloudWatch User Guide, "Using condition keys to limit
 * access to CloudWatch namespaces". Composite alarms are only described with a permission on `"*"`: Amazon
 * CloudWatch API Reference, "DescribeAlarms".
 */
export const actionsWithOptionalResource: ReadonlySet<string> = new Set([
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetMetricData",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
]);

/**
 * Actions that tag a resource while it is created, before it has an ARN. What narrows them are the tags in the
 * request. Source: AWS KMS Developer Guide, "Controlling access to tags".
 */
export const actionsThatTagNewResources: ReadonlySet<string> = new Set(["kms:tagresource"]);

/**
 * Actions that the reference does not have, although policies that work do: that of SNS is in the example
 * of aws.sns.TopicPolicy in the documentation of the Pulumi provider.
 */
export const undocumentedActions: readonly string[] = ["sns:Receive"];

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
