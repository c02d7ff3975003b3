import { kmsKeysRotate } from "../../../policy/rules/kms/kmsKeysRotate";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { key } from "./kmsKeys";

const other = /^AWS does not rotate keys of this type$/;

export const kmsKeysRotateTable: PolicyTable = {
  policy: kmsKeysRotate,
  pass: {
    "a key that rotates": { resources: key({ enableKeyRotation: true }) },
    "a key that rotates, whatever it is for": {
      resources: key({ enableKeyRotation: true, keyUsage: "ENCRYPT_DECRYPT" }),
    },
  },
  fail: {
    "the default": {
      resources: key({}),
      messages: [/enableKeyRotation is absent \(the default is false\): set it to true/],
    },
    "rotation switched off": {
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
    "an unknown switch": {
      resources: key({ enableKeyRotation: unknown }),
      what: "enableKeyRotation",
    },
    "an unknown kind of key": { resources: key({ keyUsage: unknown }), what: "the type of key" },
  },
  notApplicable: {
    "a key that signs": { resources: key({ keyUsage: "SIGN_VERIFY" }), reason: other },
    "an asymmetric key": {
      resources: key({ customerMasterKeySpec: "RSA_4096", enableKeyRotation: false }),
      reason: other,
    },
    "a key in a store of one's own": {
      resources: key({ customKeyStoreId: "cks-1234567890abcdef0" }),
      reason: other,
    },
  },
  remediated: {
    "the default": { resources: key({}), to: { enableKeyRotation: true } },
    "a key with a secret and an unknown": {
      resources: key({ enableKeyRotation: false, description: secret("s"), policy: unknown }),
      to: { enableKeyRotation: true, description: secret("s"), policy: unknown },
    },
    "no key that rotates": { resources: key({ enableKeyRotation: true }), to: "unchanged" },
    "no key that signs": { resources: key({ keyUsage: "SIGN_VERIFY" }), to: "unchanged" },
    "no key of which the kind is unknown": {
      resources: key({ keyUsage: unknown }),
      to: "unchanged",
    },
  },
};
