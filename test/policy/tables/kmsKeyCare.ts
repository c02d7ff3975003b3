import { kmsKeysAreDescribed } from "../../../policy/rules/kms/kmsKeysAreDescribed";
import { kmsKeysAreEnabled } from "../../../policy/rules/kms/kmsKeysAreEnabled";
import { kmsKeysKeepLockoutCheck } from "../../../policy/rules/kms/kmsKeysKeepLockoutCheck";
import { kmsKeysWaitForDeletion } from "../../../policy/rules/kms/kmsKeysWaitForDeletion";
import { secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { key, keyArn, keyPolicy, otherKeys } from "./kmsKeys";

export const kmsKeysKeepLockoutCheckTable: PolicyTable = {
  policy: kmsKeysKeepLockoutCheck,
  pass: {
    "the default": { resources: [...key({}), ...otherKeys({}), keyPolicy({ keyId: keyArn })] },
    "a key with the check": { resources: key({ bypassPolicyLockoutSafetyCheck: false }) },
  },
  fail: {
    "a key without the check": {
      resources: key({ bypassPolicyLockoutSafetyCheck: true }),
      messages: [/bypassPolicyLockoutSafetyCheck is not false: .*remove it/],
    },
    "a key policy without the check": {
      resources: [keyPolicy({ keyId: keyArn, bypassPolicyLockoutSafetyCheck: true })],
      messages: [/bypassPolicyLockoutSafetyCheck/],
    },
  },
  undecided: {
    "an unknown flag": {
      resources: key({ bypassPolicyLockoutSafetyCheck: unknown }),
      what: "bypassPolicyLockoutSafetyCheck",
    },
  },
};

export const kmsKeysAreEnabledTable: PolicyTable = {
  policy: kmsKeysAreEnabled,
  pass: {
    "the default": { resources: [...key({}), ...otherKeys({})] },
    "a key that is enabled": { resources: key({ isEnabled: true }) },
  },
  fail: {
    "a disabled key": {
      resources: key({ isEnabled: false }),
      messages: [/isEnabled is not true: set it to true, or remove it/],
    },
    "disabled replicas and imported keys": {
      resources: otherKeys({ enabled: false }),
      messages: [/^enabled is not true|\nenabled is not true/, /enabled is not true/],
      violating: ["externalKey:ExternalKey", "replicaKey:ReplicaKey"],
    },
  },
  undecided: {
    "an unknown flag": { resources: key({ isEnabled: unknown }), what: "isEnabled" },
  },
};

export const kmsKeysAreDescribedTable: PolicyTable = {
  policy: kmsKeysAreDescribed,
  pass: {
    "a description": { resources: key({ description: "Data of the lake" }) },
    "a secret description": { resources: otherKeys({ description: secret("Data of the lake") }) },
  },
  fail: {
    "no description": { resources: key({}), messages: [/description is absent: describe what/] },
    "a blank description": { resources: key({ description: " " }), messages: [/absent/] },
  },
  undecided: {
    "an unknown description": { resources: key({ description: unknown }), what: "description" },
  },
};

export const kmsKeysWaitForDeletionTable: PolicyTable = {
  policy: kmsKeysWaitForDeletion,
  pass: {
    "the default": { resources: [...key({}), ...otherKeys({})], config: { minDays: 30 } },
    "exactly the minimum": { resources: key({ deletionWindowInDays: 14 }) },
  },
  fail: {
    "a window that is too short": {
      resources: key({ deletionWindowInDays: 13 }),
      messages: [/deletionWindowInDays must be at least 14 days: increase it/],
    },
    "a window below the minimum of the config": {
      resources: key({ deletionWindowInDays: 29 }),
      config: { minDays: 30 },
      messages: [/must be at least 30 days/],
    },
  },
  undecided: {
    "an unknown window": {
      resources: key({ deletionWindowInDays: unknown }),
      what: "deletionWindowInDays",
    },
  },
};
