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

const logDelivery = {
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/*",
};
const documentWith = (...statements: readonly unknown[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
/** A bucket policy, which alone shows that the bucket receives the access logs of other stacks. */
const policyOn = (target: TestResource, policy: unknown): TestResource =>
  resource(
    "aws:s3/bucketPolicy:BucketPolicy",
    `${target.name}-policy`,
    { bucket: unknown, policy },
    { bucket: target },
  );
const admitting = (part: object = {}) => policyOn(logs, documentWith({ ...logDelivery, ...part }));

const needsKms = /default encryption is S3's own, AES256: use aws:kms or aws:kms:dsse/;
const needsSseS3 = (found: string) =>
  new RegExp(`default encryption is ${found}, and S3 delivers access logs only to .*: use AES256`);
const bareOrKms = { allowedAlgorithms: ["aws:kms", "AES256"] };

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
    "a bare target of access logs, which S3 encrypts with AES256": {
      resources: [...encryptedLake, logs, loggingTo(logs)],
    },
    "a bare bucket if the config allows what S3 does by itself": {
      resources: [lake],
      config: bareOrKms,
    },
    "SSE-S3 on a target that only its policy shows": {
      resources: [logs, encryptionOf(logs, "AES256"), admitting()],
    },
    "a bare target that only its policy shows": { resources: [logs, admitting()] },
    "a bare target whose policy lets S3 do more": {
      resources: [
        logs,
        admitting({
          Principal: { Service: ["cloudtrail.amazonaws.com", "logging.s3.amazonaws.com"] },
          Action: ["s3:GetBucketAcl", "S3:Put*"],
        }),
      ],
    },
    "a bare target that only its in-line policy shows": {
      resources: [bucket("logs", { policy: documentWith(logDelivery) })],
    },
    "a bare target that only its ACL shows": {
      resources: [
        logs,
        resource(
          "aws:s3/bucketAcl:BucketAcl",
          "acl",
          { bucket: unknown, acl: "log-delivery-write" },
          { bucket: logs },
        ),
      ],
    },
    "KMS on a bucket whose policy admits another service": {
      resources: [
        logs,
        encryptionOf(logs, "aws:kms"),
        admitting({ Principal: { Service: "cloudtrail.amazonaws.com" } }),
      ],
    },
    "KMS on a bucket whose policy lets S3's logging service only read": {
      resources: [logs, encryptionOf(logs, "aws:kms"), admitting({ Action: "s3:GetObject" })],
    },
    "KMS on a bucket whose policy denies S3's logging service": {
      resources: [logs, encryptionOf(logs, "aws:kms"), admitting({ Effect: "Deny" })],
    },
  },
  fail: {
    "a bucket without encryption": {
      resources: [lake],
      messages: [needsKms],
    },
    "a bucket next to an encrypted bucket": {
      resources: [logs, ...encryptedLake],
      messages: [needsKms],
    },
    "a resource without an algorithm": {
      resources: [
        lake,
        resource(splitType, "sse", { bucket: "lake", rules: [{ bucketKeyEnabled: true }] }),
      ],
      messages: [needsKms],
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
    "KMS on a target of access logs": {
      resources: [encryptionOf(logs, "aws:kms"), logs, ...encryptedLake, loggingTo(logs)],
      messages: [needsSseS3('"aws:kms"')],
    },
    "KMS on a target by its name, in the deprecated logging type": {
      resources: [
        inline("logs", "aws:kms:dsse"),
        ...encryptedLake,
        loggingToName("logs", "aws:s3/bucketLoggingV2:BucketLoggingV2"),
      ],
      messages: [needsSseS3('"aws:kms:dsse"')],
    },
    "KMS on a target of in-line logging of the deprecated bucket type": {
      resources: [
        inlineV2("logs", "aws:kms"),
        bucketV2("lake", { bucket: "lake", loggings: [{ targetBucket: "logs" }] }),
        encryptionNamed("lake", "aws:kms"),
      ],
      messages: [needsSseS3('"aws:kms"')],
    },
    "KMS on a target that only its policy shows, whatever the config allows": {
      resources: [encryptionOf(logs, "aws:kms"), logs, admitting()],
      config: bareOrKms,
      messages: [needsSseS3('"aws:kms"')],
    },
    "KMS on a target of the config's only algorithm": {
      resources: [encryptionOf(logs, "aws:kms"), logs, admitting()],
      config: { allowedAlgorithms: ["AES256"] },
      messages: [needsSseS3('"aws:kms"')],
    },
    "a bare bucket whose policy admits another service": {
      resources: [logs, admitting({ Principal: { Service: "cloudtrail.amazonaws.com" } })],
      messages: [needsKms],
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
      resources: [...encryptedLake, loggingToName("existing"), encryptionNamed(unknown, "AES256")],
      what: 'the use as a target of access logs of "sse"',
    },
    "KMS on a bucket whose policy is unknown": {
      resources: [lake, encryptionOf(lake, "aws:kms"), policyOn(lake, unknown)],
      what: 'the use as a target of access logs of "lake-sse"',
    },
    "a bare bucket whose policy is unknown": {
      resources: [lake, policyOn(lake, unknown)],
      what: 'the use as a target of access logs of "lake"',
    },
    "KMS on a bucket while a target of access logs is unknown": {
      resources: [lake, encryptionOf(lake, "aws:kms"), loggingToName(unknown)],
      what: 'the use as a target of access logs of "lake-sse"',
    },
    "an unknown algorithm, while reporting the other bucket": {
      resources: [lake, encryptionOf(lake, unknown), logs],
      what: 'the algorithm of "lake-sse"',
      messages: [needsKms],
      violating: ["logs"],
    },
  },
};
