import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";

const tenants = [
  { id: "alder", readers: ["210987654321"], days: 365 },
  { id: "birch", readers: [], days: 90 },
  { id: "cedar", readers: ["210987654321", "345678901234"], days: 30 },
] as const;

/** A key, a bucket and a delivery stream for each tenant of a platform, all written in a loop. */
export function tenantPlatform(): void {
  const logs = new cloudwatch.LogGroup("delivery", { retentionInDays: 90 });
  const trust = JSON.stringify(
    allowing({
      Sid: "Delivery",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnLike: {
          "aws:SourceArn": `arn:aws:firehose:eu-central-1:${account}:deliverystream/tenant-*`,
        },
      },
    }),
  );
  for (const { id, readers, days } of tenants) {
    const role = new iam.Role(`${id}-delivery`, { name: `tenant-${id}`, assumeRolePolicy: trust });
    const key = new kms.Key(id, {
      description: `Data of tenant ${id}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
    new kms.Alias(id, { name: `alias/tenant/${id}`, targetKeyId: key.keyId });
    new kms.KeyPolicy(id, { keyId: key.id, policy: keyPolicy(id, role, readers) });
    const bucket = tenantBucket(id, key, role, readers, days);
    const access = new iam.RolePolicy(`${id}-delivery`, {
      role: role.id,
      policy: pulumi.jsonStringify(
        allowing(
          {
            Action: ["s3:AbortMultipartUpload", "s3:ListBucketMultipartUploads", "s3:PutObject"],
            Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
          },
          {
            Action: ["kms:GenerateDataKey", "kms:Decrypt"],
            Resource: key.arn,
            Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
          },
          {
            Action: "logs:PutLogEvents",
            Resource: pulumi.interpolate`${logs.arn}:log-stream:${id}`,
          },
        ),
      ),
    });
    new kinesis.FirehoseDeliveryStream(
      id,
      {
        name: `tenant-${id}`,
        destination: "extended_s3",
        serverSideEncryption: {
          enabled: true,
          keyType: "CUSTOMER_MANAGED_CMK",
          keyArn: key.arn,
        },
        extendedS3Configuration: {
          roleArn: role.arn,
          bucketArn: bucket.arn,
          kmsKeyArn: key.arn,
          prefix: "events/!{timestamp:yyyy}/!{timestamp:MM}/!{timestamp:dd}/",
          errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy}/",
          bufferingSize: 16,
          bufferingInterval: 120,
          compressionFormat: "GZIP",
          cloudwatchLoggingOptions: { enabled: true, logGroupName: logs.name, logStreamName: id },
        },
      },
      { dependsOn: [access] },
    );
  }
}

function keyPolicy(id: string, role: iam.Role, readers: readonly string[]) {
  return pulumi.jsonStringify(
    allowing(
      { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
      {
        Sid: "Delivery",
        Principal: { AWS: role.arn },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: "*",
        Condition: { StringLike: { "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${id}*` } },
      },
      ...readers.map((reader) => ({
        Sid: `Reader${reader}`,
        Principal: { AWS: `arn:aws:iam::${reader}:root` },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      })),
    ),
  );
}

function tenantBucket(
  id: string,
  key: kms.Key,
  role: iam.Role,
  readers: readonly string[],
  days: number,
): s3.Bucket {
  const bucket = new s3.Bucket(id, { bucketPrefix: `tenant-${id}-` });
  const settings = { bucket: bucket.id };
  new s3.BucketServerSideEncryptionConfiguration(id, {
    ...settings,
    rules: [
      {
        bucketKeyEnabled: true,
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: key.arn,
        },
      },
    ],
  });
  const block = new s3.BucketPublicAccessBlock(id, {
    ...settings,
    ...{ blockPublicAcls: true, blockPublicPolicy: true },
    ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
  });
  new s3.BucketOwnershipControls(id, {
    ...settings,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new s3.BucketVersioning(id, { ...settings, versioningConfiguration: { status: "Enabled" } });
  new s3.BucketLifecycleConfiguration(id, {
    ...settings,
    rules: [
      {
        id: "end-of-contract",
        status: "Enabled",
        filter: {},
        expiration: { days },
        noncurrentVersionExpiration: { noncurrentDays: 7 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ],
  });
  const objects = pulumi.interpolate`${bucket.arn}/*`;
  new s3.BucketPolicy(
    id,
    {
      ...settings,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Id: `tenant-${id}`,
        Statement: [
          {
            Sid: "DenyPlainHttp",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "s3:*",
            Resource: [bucket.arn, objects],
            Condition: { Bool: { "aws:SecureTransport": false } },
          },
          {
            Sid: "DenyOtherWriters",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:PutObject",
            Resource: objects,
            Condition: { ArnNotEquals: { "aws:PrincipalArn": role.arn } },
          },
          {
            Sid: "DenyOtherKeys",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:PutObject",
            Resource: objects,
            Condition: {
              StringNotEqualsIfExists: {
                "s3:x-amz-server-side-encryption-aws-kms-key-id": key.arn,
              },
            },
          },
          ...readers.map((reader) => ({
            Sid: `Read${reader}`,
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${reader}:root` },
            Action: ["s3:GetObject", "s3:GetObjectVersion"],
            Resource: objects,
          })),
        ],
      }),
    },
    { dependsOn: block },
  );
  return bucket;
}
