import { resource, type WireProperties } from "../../policy/testing";
import type { Fault } from "./fault";

const type = "aws:kms/key:Key";
const policyType = "aws:kms/keyPolicy:KeyPolicy";

const withGrant = (props: WireProperties): Pick<Fault, "type" | "becomes"> => ({
  type,
  becomes: (key) => [
    key,
    resource("aws:kms/grant:Grant", "reader", {
      keyId: "1234abcd",
      granteePrincipal: "arn:aws:iam::123456789012:role/reader",
      operations: ["Decrypt"],
      ...props,
    }),
  ],
});

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
  {
    what: "a multi-Region key",
    type,
    breaks: (props) => ({ ...props, multiRegion: true }),
    config: { "kms-keys-are-single-region": { enforcementLevel: "mandatory" } },
    caughtBy: ["kms-keys-are-single-region"],
  },
  {
    what: "a grant that can be passed on",
    ...withGrant({ operations: ["Decrypt", "CreateGrant"] }),
    caughtBy: ["kms-grants-are-not-passed-on"],
  },
  {
    what: "a grant to a whole account",
    ...withGrant({ granteePrincipal: "arn:aws:iam::210987654321:root" }),
    caughtBy: ["kms-grants-name-identities"],
  },
];
