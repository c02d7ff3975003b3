import { s3BucketsAreEncrypted } from "../../../policy/rules/s3/s3BucketsAreEncrypted";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const splitType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const splitV2Type =
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";
const loggingType = "aws:s3/bucketLogging:BucketLogging";

const lake = bucket("lake");
const logs = bucket("logs");

const rules = (sseAlgorithm: unknown) => [
  { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: unknown } },
];
const encryptionOf = (target: TestResource, algorithm: unknown, type = splitType): TestResource =>
  resource(
    type,
    `${target.name}-sse`,
    { bucket: unknown, rules: rules(algorithm) },
    { bucket: target },
  );
const encryptionNamed = (name: unknown, algorithm: unknown): TestResource => ({
  type: splitType,
  name: "sse",
  props: { bucket: name, rules: rules(algorithm) },
});
const inline = (name: string, sseAlgorithm: unknown): TestResource =>
  bucket(name, {
    bucket: name,
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: { sseAlgorithm } },
    },
  });
const inlineV2 = (name: string, sseAlgorithm: unknown): TestResource =>
  bucketV2(name, {
    bucket: name,
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm }] }] },
    ],
  });
/** The lake's access logs go to a bucket. */
const loggingTo = (target: TestResource): TestResource =>
  resource(loggingType, "logging", { targetBucket: unknown }, { targetBucket: target });
const loggingToName = (targetBucket: unknown, type = loggingType): TestResource => ({
  type,
  name: "logging",
  props: { bucket: "lake", targetBucket },
});

const encryptedLake = [lake, encryptionOf(lake, "aws:kms")];

export const s3BucketsAreEncryptedTable: PolicyTable = {
  policy: s3BucketsAreEncrypted,
  pass: {
    "KMS in a separate resource": { resources: encryptedLake },
    "dual-layer KMS": { resources: [lake, encryptionOf(lake, "aws:kms:dsse")] },
    "the deprecated resource type": {
      resources: [lake, encryptionOf(lake, "aws:kms", splitV2Type)],
    },
    "KMS found by the bucket's name": { resources: [lake, encryptionNamed("lake", "aws:kms")] },
    "KMS in a secret block": {
      resources: [
        lake,
        resource(splitType, "sse", { bucket: "lake", rules: secret(rules("aws:kms")) }),
      ],
    },
    "in-line KMS": { resources: [inline("lake", "aws:kms")] },
    "in-line KMS of the deprecated bucket type": { resources: [inlineV2("lake", "aws:kms")] },
    "SSE-S3 that S3 reports on a bucket with a separate KMS resource": {
      resources: [inline("lake", "AES256"), encryptionNamed("lake", "aws:kms")],
    },
    "SSE-S3 if the config allows it": {
      resources: [lake, encryptionOf(lake, "AES256")],
      config: { allowedAlgorithms: ["AES256", "aws:kms"] },
    },
    "SSE-S3 on a target of access logs": {
      resources: [...encryptedLake, logs, encryptionOf(logs, "AES256"), loggingTo(logs)],
    },
    "SSE-S3 on a target that is linked by name": {
      resources: [...encryptedLake, logs, encryptionOf(logs, "AES256"), loggingToName("logs")],
    },
    "SSE-S3 on a target of the deprecated logging type": {
      resources: [
        ...encryptedLake,
        inline("logs", "AES256"),
        loggingToName("logs", "aws:s3/bucketLoggingV2:BucketLoggingV2"),
      ],
    },
    "SSE-S3 on a target of in-line logging": {
      resources: [
        bucket("lake", { bucket: "lake", logging: { targetBucket: "logs" } }),
        encryptionNamed("lake", "aws:kms"),
        inline("logs", "AES256"),
      ],
    },
    "SSE-S3 on a target of in-line logging of the deprecated bucket type": {
      resources: [
        bucketV2("lake", { bucket: "lake", loggings: [{ targetBucket: "logs" }] }),
        encryptionNamed("lake", "aws:kms"),
        inline("logs", "AES256"),
      ],
    },
    "SSE-S3 on an existing target of access logs": {
      resources: [
        ...encryptedLake,
        encryptionNamed("existing", "AES256"),
        loggingToName("existing"),
      ],
    },
  },
  fail: {
    "a bucket without encryption": {
      resources: [lake],
      messages: [/There is no default encryption: use aws:kms or aws:kms:dsse/],
    },
    "a bucket next to an encrypted bucket": {
      resources: [logs, ...encryptedLake],
      messages: [/There is no default encryption/],
    },
    "a resource without an algorithm": {
      resources: [
        lake,
        resource(splitType, "sse", { bucket: "lake", rules: [{ bucketKeyEnabled: true }] }),
      ],
      messages: [/There is no default encryption/],
      violating: ["sse"],
    },
    "SSE-S3": {
      resources: [lake, encryptionOf(lake, "AES256")],
      messages: [/default encryption is "AES256": use aws:kms or aws:kms:dsse/],
      violating: ["lake-sse"],
    },
    "in-line SSE-S3": {
      resources: [inline("lake", "AES256")],
      messages: [/default encryption is "AES256"/],
    },
    "in-line SSE-S3 of the deprecated bucket type": {
      resources: [inlineV2("lake", "AES256")],
      messages: [/default encryption is "AES256"/],
    },
    "SSE-S3 on a bucket that only sends access logs": {
      resources: [
        lake,
        encryptionOf(lake, "AES256"),
        logs,
        encryptionOf(logs, "AES256"),
        loggingTo(logs),
      ],
      messages: [/default encryption is "AES256"/],
      violating: ["lake-sse"],
    },
    "no encryption on a target of access logs": {
      resources: [logs, ...encryptedLake, loggingTo(logs)],
      messages: [/There is no default encryption/],
    },
    "SSE-S3 on an existing bucket": {
      resources: [encryptionNamed("existing", "AES256")],
      messages: [/default encryption is "AES256"/],
    },
    "KMS if the config allows only SSE-S3": {
      resources: encryptedLake,
      config: { allowedAlgorithms: ["AES256"] },
      messages: [/default encryption is "aws:kms": use AES256/],
      violating: ["lake-sse"],
    },
    "a value that S3 does not support, without quoting it": {
      resources: [lake, encryptionOf(lake, secret("hunter2"))],
      messages: [/default encryption is not one of aws:kms, aws:kms:dsse, AES256: use/],
      violating: ["lake-sse"],
    },
    "a setting with an empty list": {
      resources: encryptedLake,
      config: { allowedAlgorithms: [] },
      messages: [/allowedAlgorithms is \[\], not a list of at least one of aws:kms/],
      violating: [""],
    },
  },
  undecided: {
    "an unknown algorithm": {
      resources: [lake, encryptionOf(lake, unknown)],
      what: 'the algorithm of "lake-sse"',
    },
    "a completely unknown list of rules": {
      resources: [lake, resource(splitType, "sse", { bucket: "lake", rules: unknown })],
      what: 'the algorithm of "sse"',
    },
    "a bucket while a configuration's bucket is unknown": {
      resources: [lake, encryptionNamed(unknown, "aws:kms")],
      what: 'the default encryption of "lake"',
    },
    "SSE-S3 while a target of access logs is unknown": {
      resources: [lake, encryptionOf(lake, "AES256"), loggingToName(unknown)],
      what: 'the use as a target of access logs of "lake-sse"',
    },
    "SSE-S3 of an unknown bucket next to a target of access logs": {
      resources: [...encryptedLake, loggingTo(lake), encryptionNamed(unknown, "AES256")],
      what: 'the use as a target of access logs of "sse"',
    },
    "an unknown algorithm, while reporting the other bucket": {
      resources: [lake, encryptionOf(lake, unknown), logs],
      what: 'the algorithm of "lake-sse"',
      messages: [/There is no default encryption/],
      violating: ["logs"],
    },
  },
};
