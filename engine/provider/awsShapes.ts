/**
 * How AWS and its Pulumi provider name a resource. The placeholders of a template are properties
 * of the resource, or `partition`, `region`, `account`, `dnsSuffix` and the resource's `uuid`.
 */
export interface AwsShape {
  /** The property with the physical name, which the provider sets if the program does not. */
  readonly name?: PhysicalName;
  /** Default values of optional inputs that a template uses. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Output -> template. A template can use the outputs before it. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly id: string;
}

interface PhysicalName {
  readonly property: string;
  /** In characters, as AWS allows. */
  readonly maxLength: number;
  readonly lowerCase?: true;
  /** What every name of this type begins with. */
  readonly begin?: string;
}

const named = (maxLength: number): PhysicalName => ({ property: "name", maxLength });
const arn = (service: string, resource: string) => ({
  arn: `arn:{partition}:${service}:{region}:{account}:${resource}`,
});
const ofBucket: AwsShape = { id: "{bucket}" };

/** Lengths and forms: API reference of each service; ids: provider documentation ("Import"). */
export const awsShapes: Readonly<Record<string, AwsShape>> = {
  "aws:kinesis/stream:Stream": {
    name: named(128),
    outputs: arn("kinesis", "stream/{name}"),
    id: "{arn}",
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    name: named(64),
    outputs: arn("firehose", "deliverystream/{name}"),
    id: "{arn}",
  },
  "aws:s3/bucket:Bucket": {
    name: { property: "bucket", maxLength: 63, lowerCase: true },
    outputs: {
      arn: "arn:{partition}:s3:::{bucket}",
      bucketDomainName: "{bucket}.s3.{dnsSuffix}",
      bucketRegionalDomainName: "{bucket}.s3.{region}.{dnsSuffix}",
    },
    id: "{bucket}",
  },
  "aws:s3/bucketAcl:BucketAcl": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketLogging:BucketLogging": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:kms/key:Key": {
    outputs: { keyId: "{uuid}", ...arn("kms", "key/{keyId}") },
    id: "{keyId}",
  },
  "aws:kms/keyPolicy:KeyPolicy": { id: "{keyId}" },
  "aws:kms/alias:Alias": {
    name: { property: "name", maxLength: 256, begin: "alias/" },
    outputs: arn("kms", "{name}"),
    id: "{name}",
  },
  "aws:iam/role:Role": {
    name: named(64),
    defaults: { path: "/" },
    outputs: { arn: "arn:{partition}:iam::{account}:role{path}{name}" },
    id: "{name}",
  },
  "aws:iam/rolePolicy:RolePolicy": { name: named(128), id: "{role}:{name}" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{role}/{policyArn}" },
  "aws:iam/policy:Policy": {
    name: named(128),
    defaults: { path: "/" },
    outputs: { arn: "arn:{partition}:iam::{account}:policy{path}{name}" },
    id: "{arn}",
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    name: named(512),
    outputs: arn("logs", "log-group:{name}"),
    id: "{name}",
  },
  "aws:cloudwatch/logStream:LogStream": {
    name: named(512),
    outputs: arn("logs", "log-group:{logGroupName}:log-stream:{name}"),
    id: "{name}",
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    outputs: arn("cloudwatch", "alarm:{alarmName}"),
    id: "{alarmName}",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: named(255),
    outputs: arn("cloudwatch", "alarm:{name}"),
    id: "{name}",
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    outputs: { dashboardArn: "arn:{partition}:cloudwatch::{account}:dashboard/{dashboardName}" },
    id: "{dashboardName}",
  },
  "aws:sns/topic:Topic": { name: named(256), outputs: arn("sns", "{name}"), id: "{arn}" },
};
