import { s3BucketsAreEncrypted } from "../../../policy/rules/s3/encryption";
import type { TestResource } from "../../support/evaluatePolicies";
import type { PolicyTable } from "../../support/policyTable";
import { secretValue, unknownValue } from "../../support/policyWireFormat";
import { bucket, bucketV2, linked, topic } from "./resources";

const splitType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const splitV2Type =
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";
const loggingType = "aws:s3/bucketLogging:BucketLogging";

const lake = bucket("lake");
const logs = bucket("logs");

const rules = (sseAlgorithm: unknown) => [
  { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: unknownValue } },
];
const encryptionOf = (target: TestResource, algorithm: unknown, type = splitType): TestResource =>
  linked(type, `${target.name}-sse`, target, { bucket: unknownValue, rules: rules(algorithm) });
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
  linked(loggingType, "logging", target, { targetBucket: unknownValue }, "targetBucket");
const loggingToName = (targetBucket: unknown, type = loggingType): TestResource => ({
  type,
  name: "logging",
  props: { bucket: "lake", targetBucket },
});

const fine = [lake, encryptionOf(lake, "aws:kms")];

export const s3Encryption: PolicyTable = {
  policy: s3BucketsAreEncrypted,
  pass: {
    "KMS in a resource of its own": { resources: fine },
    "dual-layer KMS": { resources: [lake, encryptionOf(lake, "aws:kms:dsse")] },
    "the deprecated resource type": {
      resources: [lake, encryptionOf(lake, "aws:kms", splitV2Type)],
    },
    "KMS found by the bucket's name": { resources: [lake, encryptionNamed("lake", "aws:kms")] },
    "KMS in a secret block": {
      resources: [
        lake,
        linked(splitType, "sse", lake, { bucket: "lake", rules: secretValue(rules("aws:kms")) }),
      ],
    },
    "in-line KMS": { resources: [inline("lake", "aws:kms")] },
    "in-line KMS of the deprecated bucket type": { resources: [inlineV2("lake", "aws:kms")] },
    "what S3 reports on a bucket beside its KMS resource": {
      resources: [inline("lake", "AES256"), encryptionNamed("lake", "aws:kms")],
    },
    "SSE-S3 when the config allows it": {
      resources: [lake, encryptionOf(lake, "AES256")],
      config: { allowedAlgorithms: ["AES256", "aws:kms"] },
    },
    "SSE-S3 on a target of access logs": {
      resources: [...fine, logs, encryptionOf(logs, "AES256"), loggingTo(logs)],
    },
    "SSE-S3 on a target that is known by name": {
      resources: [...fine, logs, encryptionOf(logs, "AES256"), loggingToName("logs")],
    },
    "SSE-S3 on a target of the deprecated logging type": {
      resources: [
        ...fine,
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
      resources: [...fine, encryptionNamed("existing", "AES256"), loggingToName("existing")],
    },
  },
  fail: {
    "a bucket without any": {
      resources: [lake],
      messages: [/"lake" declares no default encryption: use aws:kms or aws:kms:dsse/],
    },
    "a bucket whose neighbour is encrypted": {
      resources: [logs, ...fine],
      messages: [/"logs" declares no default encryption/],
    },
    "a resource without an algorithm": {
      resources: [
        lake,
        linked(splitType, "sse", lake, { bucket: "lake", rules: [{ bucketKeyEnabled: true }] }),
      ],
      messages: [/"sse" declares no default encryption/],
      blamed: ["sse"],
    },
    "SSE-S3": {
      resources: [lake, encryptionOf(lake, "AES256")],
      messages: [/"lake-sse" encrypts with "AES256": use aws:kms or aws:kms:dsse/],
      blamed: ["lake-sse"],
    },
    "in-line SSE-S3": {
      resources: [inline("lake", "AES256")],
      messages: [/"lake" encrypts with "AES256"/],
    },
    "in-line SSE-S3 of the deprecated bucket type": {
      resources: [inlineV2("lake", "AES256")],
      messages: [/"lake" encrypts with "AES256"/],
    },
    "SSE-S3 on a bucket that only sends access logs": {
      resources: [
        lake,
        encryptionOf(lake, "AES256"),
        logs,
        encryptionOf(logs, "AES256"),
        loggingTo(logs),
      ],
      messages: [/"lake-sse" encrypts with "AES256"/],
      blamed: ["lake-sse"],
    },
    "no encryption on a target of access logs": {
      resources: [logs, ...fine, loggingTo(logs)],
      messages: [/"logs" declares no default encryption/],
    },
    "SSE-S3 on an existing bucket": {
      resources: [encryptionNamed("existing", "AES256")],
      messages: [/"sse" encrypts with "AES256"/],
    },
    "KMS when the config allows only SSE-S3": {
      resources: fine,
      config: { allowedAlgorithms: ["AES256"] },
      messages: [/"lake-sse" encrypts with "aws:kms": use AES256/],
      blamed: ["lake-sse"],
    },
    "a word that S3 does not have, without repeating it": {
      resources: [lake, encryptionOf(lake, secretValue("hunter2"))],
      messages: [/encrypts with none of aws:kms, aws:kms:dsse, AES256: use/],
      blamed: ["lake-sse"],
    },
    "a setting with an empty list": {
      resources: fine,
      config: { allowedAlgorithms: [] },
      messages: [/allowedAlgorithms is \[\], not a list of at least one of aws:kms/],
      blamed: [""],
    },
  },
  undecided: {
    "an unknown algorithm": {
      resources: [lake, encryptionOf(lake, unknownValue)],
      what: 'the algorithm of "lake-sse"',
    },
    "a wholly unknown list of rules": {
      resources: [lake, linked(splitType, "sse", lake, { rules: unknownValue })],
      what: 'the algorithm of "sse"',
    },
    "a bucket while a configuration's bucket is unknown": {
      resources: [lake, encryptionNamed(unknownValue, "aws:kms")],
      what: 'the default encryption of bucket "lake"',
    },
    "SSE-S3 while a target of access logs is unknown": {
      resources: [lake, encryptionOf(lake, "AES256"), loggingToName(unknownValue)],
      what: 'whether "lake-sse" receives access logs',
    },
    "SSE-S3 of an unknown bucket beside a target of access logs": {
      resources: [...fine, loggingTo(lake), encryptionNamed(unknownValue, "AES256")],
      what: 'whether "sse" receives access logs',
    },
    "an unknown algorithm, and still reports the other bucket": {
      resources: [lake, encryptionOf(lake, unknownValue), logs],
      what: 'the algorithm of "lake-sse"',
      messages: [/"logs" declares no default encryption/],
      blamed: ["logs"],
    },
  },
  notApplicable: {
    "a stack without buckets": { resources: topic, reason: /declares no S3 bucket/ },
  },
};
