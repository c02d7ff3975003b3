import { s3EncryptionUsesBucketKeys } from "../../../policy/rules/s3/s3EncryptionUsesBucketKeys";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { bucket, bucketV2 } from "./resources";

const type =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const v2Type =
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2";

const rule = (bucketKeyEnabled?: unknown, sseAlgorithm: unknown = "aws:kms") => ({
  applyServerSideEncryptionByDefault: { sseAlgorithm },
  ...(bucketKeyEnabled !== undefined && { bucketKeyEnabled }),
});
const split = (rules: unknown, of = type): readonly TestResource[] => [
  resource(of, "sse", { bucket: "lake", rules }),
];
const inline = (encryptionRule: unknown): readonly TestResource[] => [
  bucket("lake", { serverSideEncryptionConfiguration: { rule: encryptionRule } }),
];
const inlineV2 = (bucketKeyEnabled: unknown): readonly TestResource[] => [
  bucketV2("lake", {
    serverSideEncryptionConfigurations: [
      {
        rules: [
          { applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }], bucketKeyEnabled },
        ],
      },
    ],
  }),
];

export const s3EncryptionUsesBucketKeysTable: PolicyTable = {
  policy: s3EncryptionUsesBucketKeys,
  pass: {
    "KMS with a Bucket Key": { resources: split([rule(true)]) },
    "the deprecated resource type": { resources: split([rule(true)], v2Type) },
    "dual-layer KMS, which has no Bucket Keys": {
      resources: split([rule(undefined, "aws:kms:dsse")]),
    },
    "SSE-S3": { resources: split([rule(undefined, "AES256")]) },
    "an in-line Bucket Key": { resources: inline(rule(true)) },
    "an in-line Bucket Key of the deprecated bucket type": { resources: inlineV2(true) },
    "a secret rule": { resources: split([secret(rule(true))]) },
  },
  fail: {
    "KMS without a Bucket Key": {
      resources: split([rule()]),
      messages: [
        /rules\.0\.bucketKeyEnabled is not true: set it to true; a target of access logs cannot use KMS/,
      ],
    },
    "a disabled Bucket Key": {
      resources: split([rule(false)], v2Type),
      messages: [/rules\.0\.bucketKeyEnabled is not true/],
    },
    "the second rule": {
      resources: split([rule(true), rule(false)]),
      messages: [/rules\.1\.bucketKeyEnabled/],
    },
    "rules in the form of one block": {
      resources: split(rule(false)),
      messages: [/rules\.bucketKeyEnabled/],
    },
    "in-line KMS without a Bucket Key": {
      resources: inline(rule()),
      messages: [/serverSideEncryptionConfiguration\.rule\.bucketKeyEnabled is not true/],
    },
    "in-line KMS without a Bucket Key in the deprecated bucket type": {
      resources: inlineV2(false),
      messages: [/serverSideEncryptionConfigurations\.0\.rules\.0\.bucketKeyEnabled is not true/],
    },
  },
  undecided: {
    "an unknown flag": {
      resources: split([rule(unknown)]),
      what: "rules.0.bucketKeyEnabled",
    },
    "an unknown algorithm": {
      resources: split([rule(false, unknown)]),
      what: "rules.0.bucketKeyEnabled",
    },
    "an unknown rule, while reporting the other": {
      resources: split([rule(false), unknown]),
      what: "rules.1.bucketKeyEnabled",
      messages: [/rules\.0\.bucketKeyEnabled is not true/],
    },
  },
  notApplicable: {
    "a bucket without in-line encryption": {
      resources: [bucket("lake")],
      reason: /no encryption rule/,
    },
  },
  remediated: {
    "an absent flag": {
      resources: split([rule()]),
      to: { bucket: "lake", rules: [rule(true)] },
    },
    "only the rule with KMS, even if its flag is secret": {
      resources: split([rule(secret(false)), rule(undefined, "AES256")]),
      to: { bucket: "lake", rules: [rule(secret(true)), rule(undefined, "AES256")] },
    },
    "an in-line rule": {
      resources: inline(rule(false)),
      to: { serverSideEncryptionConfiguration: { rule: rule(true) } },
    },
    "an in-line rule of the deprecated bucket type": {
      resources: inlineV2(false),
      to: inlineV2(true)[0]?.props ?? {},
    },
    "no rule with a Bucket Key": { resources: split([rule(true)]), to: "unchanged" },
    "no unknown flag": { resources: split([rule(unknown)]), to: "unchanged" },
  },
};
