import { computed, resource, urnOf } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";

const account = "123456789012";
const region = "eu-central-1";
const statement = (more: object) => ({ Effect: "Allow", ...more });
const bucketArn = "arn:aws:s3:::lake";
const streamArn = `arn:aws:kinesis:${region}:${account}:stream/events`;
const keyArn = `arn:aws:kms:${region}:${account}:key/lake`;
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

const key = resource("aws-native:kms:Key", "lake", {
  arn: computed(keyArn),
  keyId: computed("lake"),
  description: "Encrypts the lake.",
  enableKeyRotation: true,
  pendingWindowInDays: 30,
  keyPolicy: {
    Statement: [
      statement({
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      }),
    ],
  },
});
const bucket = resource(
  "aws-native:s3:Bucket",
  "lake",
  {
    bucketName: "lake",
    arn: computed(bucketArn),
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        {
          bucketKeyEnabled: true,
          serverSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: computed(keyArn),
          },
        },
      ],
    },
    lifecycleConfiguration: {
      rules: [
        {
          status: "Enabled",
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
      ],
    },
    ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] },
    publicAccessBlockConfiguration: {
      ...{ blockPublicAcls: true, blockPublicPolicy: true },
      ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
    },
    versioningConfiguration: { status: "Enabled" },
  },
  { bucketEncryption: key },
);
const bucketPolicy = resource(
  "aws-native:s3:BucketPolicy",
  "lake",
  {
    bucket: computed("lake"),
    policyDocument: {
      Statement: [
        {
          ...{ Effect: "Deny", Principal: "*", Action: "s3:*" },
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  },
  { bucket },
);
const stream = resource(
  "aws-native:kinesis:Stream",
  "events",
  {
    name: "events",
    arn: computed(streamArn),
    retentionPeriodHours: 168,
    streamEncryption: { encryptionType: "KMS", keyId: computed("lake") },
  },
  { streamEncryption: key },
);
const role = (name: string, document: object) =>
  resource("aws-native:iam:Role", name, {
    roleName: name,
    arn: computed(roleArn(name)),
    assumeRolePolicyDocument: {
      Statement: [
        statement({
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": account } },
        }),
      ],
    },
    policies: [{ policyName: "access", policyDocument: { Statement: [statement(document)] } }],
  });
const reader = role("reader", { Action: "kinesis:GetRecords", Resource: streamArn });
const writer = role("writer", { Action: "s3:PutObject", Resource: `${bucketArn}/*` });
const writerPolicy = resource(
  "aws-native:iam:RolePolicy",
  "writer-key",
  {
    roleName: computed("writer"),
    policyName: "key",
    policyDocument: { Statement: [statement({ Action: "kms:Decrypt", Resource: keyArn })] },
  },
  { roleName: writer },
);
const delivery: TestResource = {
  ...resource(
    "aws-native:kinesisfirehose:DeliveryStream",
    "events",
    {
      deliveryStreamName: "events",
      deliveryStreamType: "KinesisStreamAsSource",
      kinesisStreamSourceConfiguration: {
        kinesisStreamArn: computed(streamArn),
        roleArn: computed(roleArn("reader")),
      },
      extendedS3DestinationConfiguration: {
        bucketArn: computed(bucketArn),
        roleArn: computed(roleArn("writer")),
        bufferingHints: { sizeInMbs: 64, intervalInSeconds: 300 },
        cloudWatchLoggingOptions: { enabled: true, logGroupName: "errors", logStreamName: "s3" },
        compressionFormat: "GZIP",
        prefix: "data/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "errors/!{firehose:error-output-type}/",
        encryptionConfiguration: { kmsEncryptionConfig: { awskmsKeyArn: computed(keyArn) } },
        processingConfiguration: {
          enabled: true,
          processors: [{ type: "AppendDelimiterToRecord" }],
        },
      },
    },
    {
      kinesisStreamSourceConfiguration: [stream, reader],
      extendedS3DestinationConfiguration: [bucket, writer, key],
    },
  ),
};

/** A pipeline that is declared only with Cloud Control. */
export const compliantLake: readonly TestResource[] = [
  ...[key, bucket, bucketPolicy, stream, reader, writer, writerPolicy],
  { ...delivery, dependencies: [...(delivery.dependencies ?? []), urnOf(writerPolicy)] },
];
