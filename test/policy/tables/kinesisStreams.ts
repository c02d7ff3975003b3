import { kinesisStreamsAreEncrypted } from "../../../policy/rules/kinesis/streamEncryption";
import type { PolicyTable } from "../../support/policyTable";
import { secretValue, unknownValue } from "../../support/policyWireFormat";
import { stream, topic } from "./resources";

const kmsKeyId = "arn:aws:kms:eu-central-1:123456789012:key/events";

export const kinesisStreams: PolicyTable = {
  policy: kinesisStreamsAreEncrypted,
  pass: {
    "a stream with KMS and a key": { resources: stream({ encryptionType: "KMS", kmsKeyId }) },
    "a key that will be created": {
      resources: stream({ encryptionType: "KMS", kmsKeyId: unknownValue }),
    },
    "a secret key": {
      resources: stream({ encryptionType: "KMS", kmsKeyId: secretValue(kmsKeyId) }),
    },
  },
  fail: {
    "a stream that says nothing": {
      resources: stream({}),
      messages: [/encryptionType is absent: set it to "KMS"/, /kmsKeyId is absent/],
    },
    "encryption switched off": {
      resources: stream({ encryptionType: "NONE", kmsKeyId }),
      messages: [/encryptionType is "NONE"/],
    },
    "KMS without a key": {
      resources: stream({ encryptionType: "KMS" }),
      messages: [/kmsKeyId is absent/],
    },
    "KMS with an empty key": {
      resources: stream({ encryptionType: "KMS", kmsKeyId: "" }),
      messages: [/kmsKeyId is absent/],
    },
    "a word that Kinesis does not have, without repeating it": {
      resources: stream({ encryptionType: secretValue("hunter2"), kmsKeyId }),
      messages: [/encryptionType is none of NONE, KMS: set it/],
    },
    "config for a setting that the rule does not have": {
      resources: stream({ encryptionType: "KMS", kmsKeyId }),
      config: { minimumKeyLength: 256 },
      messages: [/"minimumKeyLength" is not a setting of this rule \(it has none\)/],
    },
  },
  undecided: {
    "an unknown encryption type": {
      resources: stream({ encryptionType: unknownValue, kmsKeyId }),
      what: "encryptionType",
    },
    "an unknown encryption type, and still reports the missing key": {
      resources: stream({ encryptionType: unknownValue }),
      what: "encryptionType",
      messages: [/kmsKeyId is absent/],
    },
  },
  notApplicable: {
    "other resources": { resources: topic, reason: /^applies to aws:kinesis\/stream:Stream$/ },
  },
};
