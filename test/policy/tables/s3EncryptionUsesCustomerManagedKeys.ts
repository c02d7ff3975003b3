import { s3EncryptionUsesCustomerManagedKeys } from "../../../policy/rules/s3/s3EncryptionUsesCustomerManagedKeys";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const v2Type =
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";
const key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const awsManaged = "arn:aws:kms:us-east-1:123456789012:alias/aws/s3";

const applied = (kmsMasterKeyId?: unknown, sseAlgorithm: unknown = "aws:kms") => ({
  sseAlgorithm,
  ...(kmsMasterKeyId !== undefined && { kmsMasterKeyId }),
});
const split = (applyServerSideEncryptionByDefault: unknown, of = type): readonly TestResource[] => [
  resource(of, "sse", { bucket: "lake", rules: [{ applyServerSideEncryptionByDefault }] }),
];
const inline = (applyServerSideEncryptionByDefault: unknown): readonly TestResource[] => [
  bucket("lake", {
    serverSideEncryptionConfiguration: { rule: { applyServerSideEncryptionByDefault } },
  }),
];
const inlineV2 = (applied: unknown): readonly TestResource[] => [
  bucketV2("lake", {
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [applied] }] },
    ],
  }),
];
const loggingTo = (targetBucket: unknown): TestResource =>
  resource("aws:s3/bucketLogging:BucketLogging", "logging", { bucket: "data", targetBucket });
const reported = [/kmsMasterKeyId of rules\.0 is not a customer-managed key: specify one/];

export const s3EncryptionUsesCustomerManagedKeysTable: PolicyTable = {
  policy: s3EncryptionUsesCustomerManagedKeys,
  pass: {
    "a key by its ARN": { resources: split(applied(key)) },
    "a key by its id, in the deprecated resource type": {
      resources: split(applied("1234abcd-12ab-34cd-56ef-1234567890ab"), v2Type),
    },
    "a customer-managed alias": { resources: split(applied("alias/lake")) },
    "a secret key": { resources: split(applied(secret(key))) },
    "SSE-S3, which has no key": { resources: split(applied(undefined, "AES256")) },
    "an in-line key": { resources: inline(applied(key)) },
    "an in-line key of the deprecated bucket type": { resources: inlineV2(applied(key)) },
    "a target of access logs, which cannot use KMS at all": {
      resources: [...split(applied()), loggingTo("lake")],
    },
  },
  fail: {
    "no key": { resources: split(applied()), messages: reported },
    "an empty key": { resources: split(applied("")), messages: reported },
    "the alias of the AWS-managed key": {
      resources: split(applied("alias/aws/s3")),
      messages: reported,
    },
    "the ARN of the same alias, in the deprecated resource type": {
      resources: split(applied(awsManaged), v2Type),
      messages: reported,
    },
    "dual-layer KMS without a key": {
      resources: split(applied(undefined, "aws:kms:dsse")),
      messages: reported,
    },
    "in-line KMS without a key": {
      resources: inline(applied()),
      messages: [
        /kmsMasterKeyId of serverSideEncryptionConfiguration\.rule is not a customer-managed key/,
      ],
    },
    "in-line KMS without a key in the deprecated bucket type": {
      resources: inlineV2(applied()),
      messages: [
        /kmsMasterKeyId of serverSideEncryptionConfigurations\.0\.rules\.0 is not a customer-managed/,
      ],
    },
  },
  undecided: {
    "an unknown key": {
      resources: split(applied(unknown)),
      what: 'kmsMasterKeyId of rules.0 of "sse"',
    },
    "an unknown algorithm without a key": {
      resources: split(applied(undefined, unknown)),
      what: 'kmsMasterKeyId of rules.0 of "sse"',
    },
    "a bucket that may turn out to be a target of access logs": {
      resources: [...split(applied()), loggingTo(unknown)],
      what: 'kmsMasterKeyId of rules.0 of "sse"',
    },
    "an unknown block": { resources: split(unknown), what: 'kmsMasterKeyId of rules.0 of "sse"' },
  },
  notApplicable: {
    "a bucket without in-line encryption": {
      resources: [bucket("lake")],
      reason: /no encryption rule/,
    },
  },
};
