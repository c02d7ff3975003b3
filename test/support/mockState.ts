const region = "eu-central-1";
const account = "123456789012";

/** The ARNs of created resources, for the types whose ARNs the component uses. */
const arns: Readonly<Record<string, (name: string) => string>> = {
  "aws:kinesis/stream:Stream": (name) => `arn:aws:kinesis:${region}:${account}:stream/${name}`,
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (name) =>
    `arn:aws:firehose:${region}:${account}:deliverystream/${name}`,
  "aws:s3/bucket:Bucket": (name) => `arn:aws:s3:::${name}`,
  "aws:kms/key:Key": (name) => `arn:aws:kms:${region}:${account}:key/${name}`,
  "aws:iam/role:Role": (name) => `arn:aws:iam::${account}:role/${name}`,
  "aws:iam/policy:Policy": (name) => `arn:aws:iam::${account}:policy/${name}`,
  "aws:sns/topic:Topic": (name) => `arn:aws:sns:${region}:${account}:${name}`,
  "aws:sqs/queue:Queue": (name) => `arn:aws:sqs:${region}:${account}:${name}`,
  "aws:cloudwatch/logGroup:LogGroup": (name) =>
    `arn:aws:logs:${region}:${account}:log-group:${name}`,
  "aws:cloudwatch/logStream:LogStream": (name) =>
    `arn:aws:logs:${region}:${account}:log-group:errors:log-stream:${name}`,
  "aws:cloudwatch/metricAlarm:MetricAlarm": (name) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": (name) =>
    `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
  "aws:cloudwatch/eventBus:EventBus": (name) =>
    `arn:aws:events:${region}:${account}:event-bus/${name}`,
  "aws:cloudwatch/eventRule:EventRule": (name) =>
    `arn:aws:events:${region}:${account}:rule/${name}`,
  "aws:kinesis/streamConsumer:StreamConsumer": (name) =>
    `arn:aws:kinesis:${region}:${account}:stream/orders/consumer/${name}:1700000000`,
  "aws:lambda/function:Function": (name) => `arn:aws:lambda:${region}:${account}:function:${name}`,
  "aws:s3/accessPoint:AccessPoint": (name) => `arn:aws:s3:${region}:${account}:accesspoint/${name}`,
  "aws:secretsmanager/secret:Secret": (name) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-a1b2c3`,
  "aws-native:iam:Role": (name) => `arn:aws:iam::${account}:role/${name}`,
  "aws-native:kinesis:Stream": (name) => `arn:aws:kinesis:${region}:${account}:stream/${name}`,
};

/** The ids of created resources, for the types whose ids programs use in policies and references. */
const ids: Readonly<Record<string, (name: string) => string>> = {
  "aws:s3/bucket:Bucket": (name) => name,
  "aws:kinesis/stream:Stream": (name) => `arn:aws:kinesis:${region}:${account}:stream/${name}`,
  "aws:kms/key:Key": (name) => name,
  "aws:iam/role:Role": (name) => name,
  "aws:sqs/queue:Queue": (name) => `https://sqs.amazonaws.com/${account}/${name}`,
};

/** State in the shape of the provider's; in a preview, without the values that AWS assigns. */
export function mockState(resource: {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly id?: string | undefined;
  readonly preview: boolean;
}): { id: string | undefined; state: Record<string, unknown> } {
  const { type, inputs, preview } = resource;
  const name = typeof inputs["name"] === "string" ? inputs["name"] : resource.name;
  const named = { bucket: name, keyId: name, name, ...inputs };
  if (preview) return { id: undefined, state: { ...named, keyId: undefined } };
  const arn = arns[type]?.(name) ?? inputs["arn"];
  const url =
    type === "aws:sqs/queue:Queue" ? `https://sqs.amazonaws.com/${account}/${name}` : undefined;
  const id = ids[type]?.(name);
  return { id: id ?? resource.id ?? `${name}-id`, state: { ...named, arn, ...(url && { url }) } };
}
