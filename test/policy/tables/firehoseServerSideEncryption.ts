import { firehoseStreamsAreEncrypted } from "../../../policy/rules/firehose/firehoseStreamsAreEncrypted";
import { firehoseStreamsUseCustomerManagedKeys } from "../../../policy/rules/firehose/firehoseStreamsUseCustomerManagedKeys";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const kinesisSourceConfiguration = { kinesisStreamArn: unknown, roleArn: unknown };
const mskSourceConfiguration = { mskClusterArn: unknown };
const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/events";
const direct = (serverSideEncryption: unknown) => ({
  resources: deliveryStream({ serverSideEncryption }),
});
const fromKinesis = (serverSideEncryption: unknown) => ({
  resources: deliveryStream({ kinesisSourceConfiguration, serverSideEncryption }),
});
const fromMsk = (serverSideEncryption?: unknown) => ({
  resources: deliveryStream({ mskSourceConfiguration, serverSideEncryption }),
});

export const firehoseStreamsAreEncryptedTable: PolicyTable = {
  policy: firehoseStreamsAreEncrypted,
  pass: {
    "encryption of what producers put": direct({ enabled: true }),
    "secret encryption of what producers put": direct(secret({ enabled: true })),
    "a Kinesis source without encryption": fromKinesis(undefined),
    "a Kinesis source with encryption disabled": fromKinesis({ enabled: false }),
  },
  fail: {
    "producers without encryption": {
      ...direct(undefined),
      messages: [/serverSideEncryption does not enable encryption: enable it/],
    },
    "producers with encryption disabled": {
      ...direct({ enabled: false }),
      messages: [/serverSideEncryption does not enable encryption/],
    },
    "producers with a key, but with encryption disabled by default": {
      ...direct({ keyType: "CUSTOMER_MANAGED_CMK", keyArn }),
      messages: [/serverSideEncryption does not enable encryption/],
    },
    "a Kinesis source with encryption": {
      ...fromKinesis({ enabled: true }),
      messages: [/serverSideEncryption is enabled, which AWS rejects with a Kinesis stream as/],
    },
  },
  undecided: {
    "an unknown flag": { ...direct({ enabled: unknown }), what: "serverSideEncryption.enabled" },
    "an unknown flag with a Kinesis source": {
      ...fromKinesis({ enabled: unknown }),
      what: "serverSideEncryption.enabled",
    },
    "an unknown source": {
      resources: deliveryStream({ kinesisSourceConfiguration: unknown }),
      what: "the source",
    },
  },
  notApplicable: { "an MSK source": { ...fromMsk(), reason: /MSK cluster/ } },
  anyValuePasses: [
    "kinesisSourceConfiguration.kinesisStreamArn",
    "kinesisSourceConfiguration.roleArn",
    "serverSideEncryption.keyArn",
    "serverSideEncryption.keyType",
  ],
};

export const firehoseStreamsUseCustomerManagedKeysTable: PolicyTable = {
  policy: firehoseStreamsUseCustomerManagedKeys,
  pass: {
    "a customer-managed key": direct({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn }),
    "a key that will be created": direct({
      enabled: true,
      keyType: "CUSTOMER_MANAGED_CMK",
      keyArn: unknown,
    }),
  },
  fail: {
    "an absent key type, which means an AWS-owned key": {
      ...direct({ enabled: true }),
      messages: [/serverSideEncryption\.keyType is absent: use "CUSTOMER_MANAGED_CMK" with/],
    },
    "a key that AWS owns": {
      ...direct({ enabled: true, keyType: "AWS_OWNED_CMK" }),
      messages: [/keyType is "AWS_OWNED_CMK": use "CUSTOMER_MANAGED_CMK"/],
    },
    "a value that Firehose does not support, without quoting it": {
      ...direct({ enabled: true, keyType: secret("hunter2") }),
      messages: [/keyType is not one of AWS_OWNED_CMK, CUSTOMER_MANAGED_CMK/],
    },
    "a customer-managed key without an ARN": {
      ...direct({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK" }),
      messages: [/keyArn is absent/],
    },
    "an empty key": {
      ...direct({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: "" }),
      messages: [/keyArn is absent/],
    },
  },
  undecided: {
    "an unknown key type": {
      ...direct({ enabled: true, keyType: unknown, keyArn }),
      what: "serverSideEncryption.keyType",
    },
    "an unknown flag": {
      ...direct({ enabled: unknown, keyType: "AWS_OWNED_CMK" }),
      what: "serverSideEncryption.enabled",
    },
    "an unknown source": {
      resources: deliveryStream({
        mskSourceConfiguration: unknown,
        serverSideEncryption: { enabled: true },
      }),
      what: "the source",
    },
  },
  notApplicable: {
    "a Kinesis source": { ...fromKinesis({ enabled: true }), reason: /source stores/ },
    "an MSK source": { ...fromMsk({ enabled: true }), reason: /source stores/ },
    "no encryption": { ...direct(undefined), reason: /no server-side encryption/ },
  },
  anyValuePasses: ["serverSideEncryption.keyArn"],
};
