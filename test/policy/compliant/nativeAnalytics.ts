import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";

/** Cloud Control alone, in a loop over two stages of a lake, as translated from CloudFormation. */
export function nativeAnalytics(): void {
  const key = declare("kms:Key", "lake", {
    description: "Both stages of the lake",
    enableKeyRotation: true,
    pendingWindowInDays: 14,
    keyPolicy: allowing(
      { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
      {
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${account}:log-group:/lake/*`,
          },
        },
      },
    ),
    tags: [{ key: "team", value: "analytics" }],
  });
  const logs = declare("logs:LogGroup", "lake", {
    logGroupName: "/lake/delivery",
    retentionInDays: 30,
    kmsKeyId: `arn:aws:kms:eu-central-1:${account}:alias/lake`,
  });
  const stream = declare("kinesis:Stream", "events", {
    name: "events",
    streamModeDetails: { streamMode: "ON_DEMAND" },
    retentionPeriodHours: 72,
    streamEncryption: { encryptionType: "KMS", keyId: "alias/aws/kinesis" },
  });
  for (const stage of ["raw", "curated"]) {
    const name = `analytics-${stage}`;
    const bucket = stageBucket(name, key);
    const role = stageRole(name);
    declare(
      "kinesisfirehose:DeliveryStream",
      stage,
      {
        deliveryStreamName: name,
        deliveryStreamType: "KinesisStreamAsSource",
        kinesisStreamSourceConfiguration: {
          kinesisStreamArn: `arn:aws:kinesis:eu-central-1:${account}:stream/events`,
          roleArn: `arn:aws:iam::${account}:role/${name}`,
        },
        extendedS3DestinationConfiguration: {
          bucketArn: `arn:aws:s3:::${name}`,
          roleArn: `arn:aws:iam::${account}:role/${name}`,
          bufferingHints: { sizeInMbs: 128, intervalInSeconds: 300 },
          compressionFormat: "UNCOMPRESSED",
          prefix: "events/!{timestamp:yyyy/MM/dd}/",
          errorOutputPrefix: "failed/!{firehose:error-output-type}/",
          encryptionConfiguration: {
            kmsEncryptionConfig: {
              awskmsKeyArn: `arn:aws:kms:eu-central-1:${account}:key/1a2b3c4d`,
            },
          },
          cloudWatchLoggingOptions: {
            enabled: true,
            logGroupName: "/lake/delivery",
            logStreamName: stage,
          },
          dataFormatConversionConfiguration: {
            enabled: true,
            inputFormatConfiguration: { deserializer: { openXJsonSerDe: {} } },
            outputFormatConfiguration: {
              serializer: { parquetSerDe: { compression: "SNAPPY" } },
            },
            schemaConfiguration: {
              databaseName: "lake",
              tableName: stage,
              region: "eu-central-1",
              roleArn: `arn:aws:iam::${account}:role/${name}`,
            },
          },
          s3BackupMode: "Enabled",
          s3BackupConfiguration: {
            bucketArn: `arn:aws:s3:::${name}`,
            roleArn: `arn:aws:iam::${account}:role/${name}`,
            prefix: "source/",
            compressionFormat: "GZIP",
            encryptionConfiguration: {
              kmsEncryptionConfig: {
                awskmsKeyArn: `arn:aws:kms:eu-central-1:${account}:key/1a2b3c4d`,
              },
            },
            cloudWatchLoggingOptions: {
              enabled: true,
              logGroupName: "/lake/delivery",
              logStreamName: `${stage}-source`,
            },
          },
        },
      },
      [bucket, role, stream, logs],
    );
  }
}

/** A resource by its type token: the package is not installed here. */
class Declared extends pulumi.CustomResource {}

function declare(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  dependsOn: readonly pulumi.Resource[] = [],
): pulumi.Resource {
  return new Declared(`aws-native:${type}`, name, inputs, {
    dependsOn: [...dependsOn],
  });
}

function stageBucket(bucketName: string, key: pulumi.Resource): pulumi.Resource {
  const bucket = declare(
    "s3:Bucket",
    bucketName,
    {
      bucketName,
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          {
            serverSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: "alias/lake",
            },
            bucketKeyEnabled: true,
          },
        ],
      },
      versioningConfiguration: { status: "Enabled" },
      publicAccessBlockConfiguration: {
        ...{ blockPublicAcls: true, blockPublicPolicy: true },
        ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
      },
      ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] },
      lifecycleConfiguration: {
        rules: [
          {
            id: "old",
            status: "Enabled",
            noncurrentVersionExpiration: { noncurrentDays: 90 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 3 },
          },
        ],
      },
    },
    [key],
  );
  declare(
    "s3:BucketPolicy",
    bucketName,
    {
      bucket: bucketName,
      policyDocument: {
        Version: "2012-10-17",
        Statement: {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      },
    },
    [bucket],
  );
  return bucket;
}

function stageRole(roleName: string): pulumi.Resource {
  return declare("iam:Role", roleName, {
    roleName,
    assumeRolePolicyDocument: allowing({
      Principal: { Service: ["firehose.amazonaws.com"] },
      Action: ["sts:AssumeRole"],
      Condition: { StringEquals: { "sts:ExternalId": account } },
    }),
    policies: [
      {
        policyName: "delivery",
        policyDocument: allowing(
          {
            Action: ["s3:PutObject*", "s3:AbortMultipartUpload", "s3:ListBucket*"],
            Resource: [`arn:aws:s3:::${roleName}`, `arn:aws:s3:::${roleName}/*`],
          },
          {
            Action: ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
            Resource: ["catalog", "database/lake", "table/lake/*"].map(
              (name) => `arn:aws:glue:eu-central-1:${account}:${name}`,
            ),
          },
          {
            Action: ["kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator"],
            Resource: `arn:aws:kinesis:eu-central-1:${account}:stream/events`,
          },
        ),
      },
    ],
  });
}
