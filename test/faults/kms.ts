import type { Fault } from "./fault";

const type = "aws:kms/key:Key";
const policyType = "aws:kms/keyPolicy:KeyPolicy";

export const kmsFaults: readonly Fault[] = [
  {
    what: "a key that never rotates",
    type,
    breaks: (props) => ({ ...props, enableKeyRotation: false }),
    caughtBy: ["kms-keys-rotate"],
  },
  {
    what: "a key that does not say that it rotates",
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
    what: "a key with an in-line policy that lets everyone in",
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
    what: "a key policy that may lock everyone out",
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
    what: "a key of which nobody knows what it is for",
    type,
    breaks: (props) => ({ ...props, description: undefined }),
    caughtBy: ["kms-keys-are-described"],
  },
  {
    what: "a key that is gone after a week",
    type,
    breaks: (props) => ({ ...props, deletionWindowInDays: 7 }),
    caughtBy: ["kms-keys-wait-for-deletion"],
  },
];
