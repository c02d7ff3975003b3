import type { Fault } from "./fault";

const type = "aws:kms/key:Key";
const policyType = "aws:kms/keyPolicy:KeyPolicy";

export const kmsFaults: readonly Fault[] = [
  {
    what: "a key with rotation disabled",
    type,
    breaks: (props) => ({ ...props, enableKeyRotation: false }),
    caughtBy: ["kms-keys-rotate"],
  },
  {
    what: "a key without a rotation setting",
    type,
    breaks: (props) => ({ ...props, enableKeyRotation: undefined }),
    caughtBy: ["kms-keys-rotate"],
  },
  {
    what: "a key that every AWS account may use",
    type: policyType,
    breaks: (props) => ({
      ...props,
      policy: JSON.stringify({
        Statement: { Effect: "Allow", Principal: { AWS: ["*"] }, Action: "kms:*", Resource: "*" },
      }),
    }),
    caughtBy: ["kms-keys-are-not-public"],
  },
  {
    what: "a key with an in-line policy that allows everyone",
    type,
    breaks: (props) => ({
      ...props,
      policy: JSON.stringify({
        Statement: { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" },
      }),
    }),
    caughtBy: ["kms-keys-are-not-public"],
  },
  {
    what: "a key that everyone may use",
    type: policyType,
    breaks: (props) => ({
      ...props,
      policy: JSON.stringify({
        Statement: { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" },
      }),
    }),
    caughtBy: ["kms-keys-are-not-public"],
  },
  {
    what: "a key without a policy",
    type: policyType,
    caughtBy: ["kms-keys-have-policy"],
  },
  {
    what: "a key policy without the lockout safety check",
    type: policyType,
    breaks: (props) => ({ ...props, bypassPolicyLockoutSafetyCheck: true }),
    caughtBy: ["kms-keys-keep-lockout-check"],
  },
  {
    what: "a disabled key",
    type,
    breaks: (props) => ({ ...props, isEnabled: false }),
    caughtBy: ["kms-keys-are-enabled"],
  },
  {
    what: "a key without a description",
    type,
    breaks: (props) => ({ ...props, description: undefined }),
    caughtBy: ["kms-keys-are-described"],
  },
  {
    what: "a key with a deletion window of 7 days",
    type,
    breaks: (props) => ({ ...props, deletionWindowInDays: 7 }),
    caughtBy: ["kms-keys-wait-for-deletion"],
  },
];
