import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { account } from "./documents";

const adopt = (id: string): pulumi.CustomResourceOptions => ({ import: id, protect: true });

/** Resources that an administrator made in the console, imported as they are, and one only looked up. */
export function adopted(): void {
  const key = kms.Key.get("shared", "1a2b3c4d-1234-1234-1234-1a2b3c4d5e6f");
  const stream = new kinesis.Stream(
    "sensors",
    {
      name: "sensors",
      shardCount: 4,
      retentionPeriod: 24,
      encryptionType: "KMS",
      kmsKeyId: `arn:aws:kms:eu-central-1:${account}:key/1a2b3c4d-1234-1234-1234-1a2b3c4d5e6f`,
      shardLevelMetrics: [],
      tags: {},
    },
    { ...adopt("sensors"), ignoreChanges: ["shardCount"] },
  );
  const name = "sensors-123456789012";
  const bucket = new s3.Bucket("sensors", { bucket: name, forceDestroy: false }, adopt(name));
  new s3.BucketServerSideEncryptionConfiguration(
    "sensors",
    {
      bucket: name,
      rules: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
        },
      ],
    },
    adopt(name),
  );
  new s3.BucketPublicAccessBlock(
    "sensors",
    {
      bucket: name,
      ...{ blockPublicAcls: true, blockPublicPolicy: true },
      ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
    },
    adopt(name),
  );
  new s3.BucketVersioning(
    "sensors",
    { bucket: name, versioningConfiguration: { status: "Enabled", mfaDelete: "Disabled" } },
    adopt(name),
  );
  new s3.BucketPolicy("sensors", { bucket: name, policy: consolePolicy(name) }, adopt(name));
  const logs = new cloudwatch.LogGroup(
    "sensors",
    { name: "/aws/kinesisfirehose/sensors", retentionInDays: 731 },
    { ...adopt("/aws/kinesisfirehose/sensors"), retainOnDelete: true },
  );
  const role = new iam.Role(
    "sensors",
    {
      name: "KinesisFirehoseServiceRole-sensors-eu-central-1-1700000000000",
      path: "/service-role/",
      maxSessionDuration: 3600,
      assumeRolePolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"${account}"}}}]}`,
    },
    adopt("KinesisFirehoseServiceRole-sensors-eu-central-1-1700000000000"),
  );
  const attachment = new iam.RolePolicyAttachment(
    "sensors",
    {
      role: role.name,
      policyArn: `arn:aws:iam::${account}:policy/service-role/KinesisFirehoseServicePolicy-sensors`,
    },
    adopt(`${account}/KinesisFirehoseServicePolicy-sensors`),
  );
  new kinesis.FirehoseDeliveryStream(
    "sensors",
    {
      name: "sensors",
      destination: "extended_s3",
      kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: role.arn },
      extendedS3Configuration: consoleDestination(bucket, role, logs),
    },
    {
      ...adopt(`arn:aws:firehose:eu-central-1:${account}:deliverystream/sensors`),
      dependsOn: attachment,
    },
  );
}

/** As the console offers it, with its Version of 2008, and statements of single words. */
function consolePolicy(name: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "PolicyForSensors",
    Statement: [
      {
        Sid: "AllowSSLRequestsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
        Condition: { Bool: { "aws:SecureTransport": ["false"] } },
      },
      {
        Effect: "Allow",
        Principal: { AWS: [`arn:aws:iam::${account}:user/science`, "AIDAEXAMPLE1234567890"] },
        Action: "s3:ListBucket",
        Resource: `arn:aws:s3:::${name}`,
        Condition: { StringLike: { "s3:prefix": ["public/*", ""] } },
      },
    ],
  });
}

/** With every default that `pulumi import` writes into the program. */
function consoleDestination(bucket: s3.Bucket, role: iam.Role, logs: cloudwatch.LogGroup) {
  return {
    bucketArn: bucket.arn,
    roleArn: role.arn,
    bufferingInterval: 300,
    bufferingSize: 5,
    compressionFormat: "GZIP",
    customTimeZone: "UTC",
    dataFormatConversionConfiguration: { enabled: false, ...unusedConversion(role) },
    dynamicPartitioningConfiguration: { enabled: false },
    errorOutputPrefix: "errors/",
    fileExtension: "",
    kmsKeyArn: `arn:aws:kms:eu-central-1:${account}:key/1a2b3c4d-1234-1234-1234-1a2b3c4d5e6f`,
    prefix: "readings/",
    processingConfiguration: { enabled: false, processors: [] },
    s3BackupMode: "Disabled",
    cloudwatchLoggingOptions: {
      enabled: true,
      logGroupName: logs.name,
      logStreamName: "DestinationDelivery",
    },
  };
}

function unusedConversion(role: iam.Role) {
  return {
    inputFormatConfiguration: { deserializer: { hiveJsonSerDe: {} } },
    outputFormatConfiguration: { serializer: { orcSerDe: {} } },
    schemaConfiguration: {
      databaseName: "sensors",
      tableName: "readings",
      roleArn: role.arn,
    },
  };
}
