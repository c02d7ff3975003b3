import type * as pulumi from "@pulumi/pulumi";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import { record, type Recording } from "../../support/record";

export const component = "streamlake:index:DeliveryPipeline";
export const firehose = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

export const pipeline = (args?: DeliveryPipelineArgs, opts?: pulumi.ComponentResourceOptions) =>
  record(() => new DeliveryPipeline("events", args, opts));

export const existing = {
  streamArn: "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream",
  bucketArn: "arn:aws:s3:::my-data-lake-bucket",
  roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
  keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
};

/** The children of the component as "type name", sorted. */
export function children({ resources }: Recording): string[] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name }) => `${type} ${name}`)
    .sort();
}

export const allChildren = [
  "aws:cloudwatch/compositeAlarm:CompositeAlarm events-delivery-stalled",
  "aws:cloudwatch/dashboard:Dashboard events",
  "aws:cloudwatch/logGroup:LogGroup events",
  "aws:cloudwatch/logStream:LogStream events",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-behind-latest",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-data-freshness",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-delivery-errors",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-delivery-stalled-nothing-delivered",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-delivery-stalled-records-arrive",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-delivery-success",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-get-records-success",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-iterator-age",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-put-record-success",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-put-records-failed",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-reads-throttled",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-source-throttled",
  "aws:cloudwatch/metricAlarm:MetricAlarm events-writes-throttled",
  "aws:iam/role:Role events-delivery",
  "aws:iam/role:Role events-source",
  "aws:iam/rolePolicy:RolePolicy events-delivery",
  "aws:iam/rolePolicy:RolePolicy events-source",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream events",
  "aws:kinesis/stream:Stream events",
  "aws:kms/alias:Alias events",
  "aws:kms/key:Key events",
  "aws:kms/keyPolicy:KeyPolicy events",
  "aws:s3/bucket:Bucket events",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration events",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls events",
  "aws:s3/bucketPolicy:BucketPolicy events",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock events",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration events",
  "aws:s3/bucketVersioning:BucketVersioning events",
];
