import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as glue from "@pulumi/aws/glue";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import * as s3control from "@pulumi/aws/s3control";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing } from "./documents";
import { privateBucket } from "./privateBucket";

const organization = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
const analysts = "210987654321";
const root = { AWS: `arn:aws:iam::${account}:root` };

/** The account of a lake: producers and analysts are in other accounts of the organization. */
export function governedLake(): void {
  const lake = privateBucket(
    "lake",
    {
      Sid: "DelegateToAccessPoints",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"],
      Condition: { StringEquals: { "s3:DataAccessPointAccount": account } },
    },
    {
      Sid: "Replication",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${analysts}:role/replication` },
      Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ObjectOwnerOverrideToBucketOwner"],
      Resource: "arn:aws:s3:::lake/*",
    },
    {
      Sid: "Inventory",
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::lake/inventory/*",
      Condition: {
        StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::orders" },
      },
    },
  );
  accessPoints(lake);
  const key = new kms.Key("lake", {
    enableKeyRotation: true,
    policy: JSON.stringify(
      allowing(
        { Sid: "Owner", Principal: root, Action: "kms:*", Resource: "*" },
        {
          Sid: "Organization",
          Principal: { AWS: "*" },
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: organization,
        },
        {
          Sid: "Grants",
          Principal: { AWS: `arn:aws:iam::${analysts}:root` },
          Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
          Resource: "*",
          Condition: { Bool: { "kms:GrantIsForAWSResource": true } },
        },
      ),
    ),
  });
  const stream = new kinesis.Stream("orders", {
    encryptionType: "KMS",
    kmsKeyId: key.arn,
    shardCount: 1,
  });
  new kinesis.ResourcePolicy("orders", {
    resourceArn: stream.arn,
    policy: pulumi.jsonStringify(
      allowing({
        Principal: { AWS: `arn:aws:iam::${analysts}:root` },
        Action: ["kinesis:PutRecord", "kinesis:PutRecords", "kinesis:DescribeStreamSummary"],
        Resource: stream.arn,
      }),
    ),
  });
  roles();
  catalog();
  logsOfOthers();
}

function accessPoints(lake: s3.Bucket): void {
  const point = new s3.AccessPoint("analysts", {
    bucket: lake.id,
    name: "analysts",
    bucketAccountId: account,
  });
  const arn = `arn:aws:s3:eu-central-1:${account}:accesspoint/analysts`;
  new s3control.AccessPointPolicy("analysts", {
    accessPointArn: point.arn,
    policy: JSON.stringify(
      allowing({
        Principal: { AWS: `arn:aws:iam::${analysts}:role/analyst` },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: [arn, `${arn}/object/orders/*`],
      }),
    ),
  });
}

function roles(): void {
  const reader = new iam.Role("reader", {
    assumeRolePolicy: JSON.stringify(
      allowing({
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
        Condition: {
          ...organization,
          ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/analytics/*" },
        },
      }),
    ),
  });
  new iam.RolePolicy("reader", {
    role: reader.id,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["arn:aws:s3:::lake", "arn:aws:s3:::lake/${aws:PrincipalTag/department}/*"],
        },
        {
          Effect: "Allow",
          Action: ["kms:Decrypt"],
          Resource: `arn:aws:kms:*:${account}:key/mrk-1a2b3c4d5e6f`,
          Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/lake" } },
        },
        { Effect: "Allow", Action: "lakeformation:GetDataAccess", Resource: "*" },
        { Effect: "Allow", Action: ["glue:GetTable*", "glue:GetPartition*"], Resource: tables() },
      ],
    },
  });
}

function tables(): string[] {
  return ["catalog", "database/shop", "table/shop/*"].map(
    (name) => `arn:aws:glue:eu-central-1:${account}:${name}`,
  );
}

function catalog(): void {
  new glue.ResourcePolicy("catalog", {
    policy: JSON.stringify(
      allowing({
        Principal: { AWS: [`arn:aws:iam::${analysts}:root`] },
        Action: ["glue:GetDatabase", "glue:GetTables", "glue:GetPartitions"],
        Resource: tables(),
      }),
    ),
  });
}

/** Log groups of other accounts send their events to a delivery stream here. */
function logsOfOthers(): void {
  const role = new iam.Role("logs", {
    assumeRolePolicy: JSON.stringify(
      allowing({
        Principal: { Service: "logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringLike: { "aws:SourceArn": `arn:aws:logs:eu-central-1:${account}:*` } },
      }),
    ),
  });
  const destination = new cloudwatch.LogDestination("organization", {
    name: "organization",
    roleArn: role.arn,
    targetArn: `arn:aws:firehose:eu-central-1:${account}:deliverystream/logs`,
  });
  new cloudwatch.LogDestinationPolicy("organization", {
    destinationName: destination.name,
    accessPolicy: JSON.stringify(
      allowing({
        Principal: "*",
        Action: "logs:PutSubscriptionFilter",
        Resource: `arn:aws:logs:eu-central-1:${account}:destination:organization`,
        Condition: organization,
      }),
    ),
  });
}
