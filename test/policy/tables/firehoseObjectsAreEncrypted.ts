import { firehoseObjectsAreEncrypted } from "../../../policy/rules/firehose/firehoseObjectsAreEncrypted";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2, deliveryStream } from "./resources";

const kmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/lake";
const [lake, copies] = [bucket("lake"), bucket("copies")];
const by = (sseAlgorithm: unknown) => ({ applyServerSideEncryptionByDefault: { sseAlgorithm } });
const defaultOf = (target: TestResource, algorithm: unknown, version = ""): TestResource => {
  const name = `ServerSideEncryptionConfiguration${version}`;
  return resource(
    `aws:s3/bucket${name}:Bucket${name}`,
    `${target.name}-sse`,
    { bucket: unknown, rules: [by(algorithm)] },
    { bucket: target },
  );
};
const to = (extendedS3Configuration: unknown, ...origins: readonly TestResource[]): TestResource =>
  deliveryStream({ extendedS3Configuration }, { extendedS3Configuration: origins })[0];
const toLake = to({ bucketArn: unknown }, lake);
const withBackup = (backup: object) =>
  to({
    bucketArn: unknown,
    kmsKeyArn,
    s3BackupMode: "Enabled",
    s3BackupConfiguration: { bucketArn: "arn:aws:s3:::copies", ...backup },
  });
const messages = [/\.kmsKeyArn is absent, and the bucket's default encryption is not KMS: set one/];

export const firehoseObjectsAreEncryptedTable: PolicyTable = {
  policy: firehoseObjectsAreEncrypted,
  pass: {
    "a key": { resources: [to({ bucketArn: unknown, kmsKeyArn }, lake), lake] },
    "a key that will be created": {
      resources: [to({ bucketArn: unknown, kmsKeyArn: unknown }, lake), lake],
    },
    "a bucket with KMS": { resources: [toLake, lake, defaultOf(lake, "aws:kms")] },
    "a bucket with dual-layer KMS, in the deprecated type": {
      resources: [toLake, lake, defaultOf(lake, "aws:kms:dsse", "V2")],
    },
    "a bucket with KMS in-line": {
      resources: [
        toLake,
        bucket("lake", { serverSideEncryptionConfiguration: { rule: by("aws:kms") } }),
      ],
    },
    "a bucket of the deprecated type with KMS in-line": {
      resources: [
        to({ bucketArn: unknown }, bucketV2("lake")),
        bucketV2("lake", {
          serverSideEncryptionConfigurations: [
            { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }] }] },
          ],
        }),
      ],
    },
    "a key for the backup": { resources: [withBackup({ kmsKeyArn })] },
  },
  fail: {
    "neither a key nor a default encryption": { resources: [toLake, lake], messages },
    "an empty key": {
      resources: [to({ bucketArn: unknown, kmsKeyArn: "" }, lake), lake],
      messages,
    },
    "a bucket with SSE-S3": {
      resources: [toLake, lake, defaultOf(lake, "AES256")],
      messages,
    },
    "KMS only on another bucket": {
      resources: [toLake, lake, copies, defaultOf(copies, "aws:kms")],
      messages,
    },
    "a backup with neither": {
      resources: [
        withBackup({}),
        bucket("copies", { bucket: "copies", arn: "arn:aws:s3:::copies" }),
      ],
      messages: [/s3BackupConfiguration\.kmsKeyArn is absent/],
    },
    "an intermediate bucket with neither": {
      resources: [
        deliveryStream(
          { redshiftConfiguration: { s3Configuration: { bucketArn: unknown } } },
          { redshiftConfiguration: lake },
        )[0],
        lake,
      ],
      messages: [/redshiftConfiguration\.s3Configuration\.kmsKeyArn is absent/],
    },
    "no bucket at all": { resources: [to({})], messages },
  },
  undecided: {
    "an unknown algorithm": {
      resources: [toLake, lake, defaultOf(lake, unknown)],
      what: 'the default encryption of the bucket of "delivery"',
    },
    "a default encryption of an unknown bucket": {
      resources: [toLake, lake, { ...defaultOf(lake, "aws:kms"), propertyDependencies: {} }],
      what: 'the default encryption of the bucket of "delivery"',
    },
    "an unknown destination": {
      resources: [to(unknown), lake],
      what: 'extendedS3Configuration.kmsKeyArn of "delivery"',
    },
    "an unknown bucket": {
      resources: [to({ bucketArn: unknown }), lake],
      what: 'the default encryption of the bucket of "delivery"',
    },
  },
  notApplicable: {
    "a bucket that is not declared in this stack": {
      resources: [to({ bucketArn: "arn:aws:s3:::lake" })],
      reason: /bucket is not declared in this stack/,
    },
    "a delivery stream to another destination than S3": {
      resources: [...deliveryStream({ destination: "splunk" })],
      reason: /no S3 destination/,
    },
  },
  anyValuePasses: [
    "bucket",
    "extendedS3Configuration.kmsKeyArn",
    "extendedS3Configuration.s3BackupConfiguration.kmsKeyArn",
  ],
};
