import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { allowing } from "./documents";

/** A delivery stream and its role, between a bucket, a key and a stream of two other stacks. */
export function stackReferences(): void {
  const storage = new pulumi.StackReference("shop/storage/prod");
  const events = new pulumi.StackReference("shop/events/prod");
  const bucketArn = storage.requireOutput("bucketArn") as pulumi.Output<string>;
  const bucketName = storage.getOutput("bucketName") as pulumi.Output<string>;
  const keyArn = storage.requireOutput("keyArn") as pulumi.Output<string>;
  const streamArn = events.requireOutput("streamArn") as pulumi.Output<string>;
  const accountId = events.requireOutput("accountId") as pulumi.Output<string>;
  const role = new iam.Role("delivery", {
    assumeRolePolicy: accountId.apply((account) =>
      JSON.stringify(
        allowing({
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        }),
      ),
    ),
  });
  const policy = new iam.RolePolicy("delivery", {
    role: role.name,
    policy: pulumi
      .all([bucketArn, keyArn, streamArn])
      .apply(([bucket, key, stream]) =>
        JSON.stringify(
          allowing(
            { Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: `${bucket}/orders/*` },
            { Action: "s3:ListBucket", Resource: bucket },
            { Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: [key] },
            { Action: ["kinesis:Get*", "kinesis:DescribeStream"], Resource: [stream] },
          ),
        ),
      ),
  });
  // The bucket's stack leaves the rules for single prefixes to the teams that write there.
  new s3.BucketNotification("orders", { bucket: bucketName, eventbridge: true });
  new s3.BucketObjectv2("orders-readme", {
    bucket: bucketName,
    key: "orders/README.md",
    content: "Orders, one object per five minutes.",
    kmsKeyId: keyArn,
  });
  new kinesis.FirehoseDeliveryStream(
    "orders",
    {
      destination: "extended_s3",
      kinesisSourceConfiguration: { kinesisStreamArn: streamArn, roleArn: role.arn },
      extendedS3Configuration: {
        bucketArn,
        roleArn: role.arn,
        kmsKeyArn: keyArn,
        prefix: "orders/!{timestamp:yyyy/MM/dd/HH}/",
        errorOutputPrefix: "orders-errors/!{firehose:error-output-type}/",
        compressionFormat: "GZIP",
        bufferingInterval: 300,
        cloudwatchLoggingOptions: {
          enabled: true,
          logGroupName: storage.requireOutput("logGroup") as pulumi.Output<string>,
          logStreamName: "orders",
        },
      },
    },
    { dependsOn: policy },
  );
}

/** What the other stacks export. */
export const stackOutputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "shop/storage/prod": {
    bucketArn: "arn:aws:s3:::shop-lake",
    bucketName: "shop-lake",
    keyArn: "arn:aws:kms:eu-central-1:123456789012:key/1a2b3c4d",
    logGroup: "/shop/delivery",
  },
  "shop/events/prod": {
    streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/orders",
    accountId: "123456789012",
  },
};
