import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing, firehoseOfAccount } from "./documents";
import { privateBucket } from "./privateBucket";

/** Producers put records to Firehose; the bucket encrypts them, and the role has an in-line policy. */
export function putByProducers(): void {
  const lake = privateBucket("lake");
  const key = new kms.Key("records", {
    enableKeyRotation: true,
    policy: JSON.stringify(
      allowing(
        { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
        {
          Principal: { AWS: "*" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "kms:CallerAccount": account,
              "kms:ViaService": "firehose.eu-central-1.amazonaws.com",
            },
          },
        },
      ),
    ),
  });
  const role = new iam.Role("delivery", {
    assumeRolePolicy: firehoseOfAccount,
    inlinePolicies: [
      {
        name: "write",
        policy: pulumi.jsonStringify(
          allowing(
            { Action: ["s3:PutObject", "s3:Get*"], Resource: pulumi.interpolate`${lake.arn}/*` },
            { Action: "s3:ListBucket", Resource: lake.arn },
          ),
        ),
      },
    ],
  });
  new kinesis.FirehoseDeliveryStream("orders", {
    destination: "extended_s3",
    serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key.arn },
    extendedS3Configuration: {
      roleArn: role.arn,
      bucketArn: lake.arn,
      compressionFormat: "GZIP",
      prefix: "orders/",
      errorOutputPrefix: "failed/",
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: "/aws/kinesisfirehose/orders",
        logStreamName: "S3Delivery",
      },
    },
  });
}
