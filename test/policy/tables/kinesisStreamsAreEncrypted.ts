import { kinesisStreamsAreEncrypted } from "../../../policy/rules/kinesis/kinesisStreamsAreEncrypted";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { stream } from "./resources";

const kmsKeyId = "arn:aws:kms:eu-central-1:123456789012:key/events";

export const kinesisStreamsAreEncryptedTable: PolicyTable = {
  policy: kinesisStreamsAreEncrypted,
  pass: {
    "a stream with KMS and a key": { resources: stream({ encryptionType: "KMS", kmsKeyId }) },
    "a key that will be created": {
      resources: stream({ encryptionType: "KMS", kmsKeyId: unknown }),
    },
    "a secret key": {
      resources: stream({ encryptionType: "KMS", kmsKeyId: secret(kmsKeyId) }),
    },
  },
  fail: {
    "a stream that has no encryption settings": {
      resources: stream({}),
      messages: [/encryptionType is absent: set it to "KMS"/, /kmsKeyId is absent/],
    },
    "encryption disabled": {
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
    "a value that Kinesis does not support, without quoting it": {
      resources: stream({ encryptionType: secret("hunter2"), kmsKeyId }),
      messages: [/encryptionType is not one of NONE, KMS: set it/],
    },
  },
  undecided: {
    "an unknown encryption type": {
      resources: stream({ encryptionType: unknown, kmsKeyId }),
      what: "encryptionType",
    },
    "an unknown encryption type, while reporting the missing key": {
      resources: stream({ encryptionType: unknown }),
      what: "encryptionType",
      messages: [/kmsKeyId is absent/],
    },
  },
  anyValuePasses: ["kmsKeyId"],
};
