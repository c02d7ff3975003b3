import { kmsKeysRotate } from "../../../policy/rules/kms/kmsKeysRotate";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { key } from "./kmsKeys";

const other = /^AWS does not rotate keys of this type$/;

export const kmsKeysRotateTable: PolicyTable = {
  policy: kmsKeysRotate,
  pass: {
    "a key that rotates": { resources: key({ enableKeyRotation: true }) },
    "a key that rotates, with explicit usage": {
      resources: key({ enableKeyRotation: true, keyUsage: "ENCRYPT_DECRYPT" }),
    },
  },
  fail: {
    "the default": {
      resources: key({}),
      messages: [/enableKeyRotation is absent \(the default is false\): set it to true/],
    },
    "rotation disabled": {
      resources: key({
        enableKeyRotation: false,
        keyUsage: "ENCRYPT_DECRYPT",
        customerMasterKeySpec: "SYMMETRIC_DEFAULT",
        customKeyStoreId: "",
      }),
      messages: [/enableKeyRotation is not true/],
    },
  },
  undecided: {
    "an unknown flag": {
      resources: key({ enableKeyRotation: unknown }),
      what: "enableKeyRotation",
    },
    "an unknown type of key": { resources: key({ keyUsage: unknown }), what: "the type of key" },
  },
  notApplicable: {
    "a signing key": { resources: key({ keyUsage: "SIGN_VERIFY" }), reason: other },
    "an asymmetric key": {
      resources: key({ customerMasterKeySpec: "RSA_4096", enableKeyRotation: false }),
      reason: other,
    },
    "a key in a custom key store": {
      resources: key({ customKeyStoreId: "cks-1234567890abcdef0" }),
      reason: other,
    },
  },
  remediated: {
    "the default": { resources: key({}), to: { enableKeyRotation: true } },
    "a key with a secret and an unknown value": {
      resources: key({ enableKeyRotation: false, description: secret("s"), policy: unknown }),
      to: { enableKeyRotation: true, description: secret("s"), policy: unknown },
    },
    "no key that rotates": { resources: key({ enableKeyRotation: true }), to: "unchanged" },
    "no signing key": { resources: key({ keyUsage: "SIGN_VERIFY" }), to: "unchanged" },
    "no key of an unknown type": {
      resources: key({ keyUsage: unknown }),
      to: "unchanged",
    },
  },
};
