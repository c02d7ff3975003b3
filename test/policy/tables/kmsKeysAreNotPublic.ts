import { kmsKeysAreNotPublic } from "../../../policy/rules/kms/kmsKeysAreNotPublic";
import { resource, secret, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { accountDecides, documentOf, key, keyArn, keyPolicy } from "./kmsKeys";

const open = { Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" };
const withPolicy = (...statements: readonly unknown[]) => [
  keyPolicy({ keyId: keyArn, policy: documentOf(...statements) }),
];
const when = (operator: string, name: string, value: unknown) =>
  withPolicy({ ...open, Condition: { [operator]: { [name]: value } } });
const letsInEveryone = [/policy: Statement\[0\] allows everyone: specify principals/];

export const kmsKeysAreNotPublicTable: PolicyTable = {
  policy: kmsKeysAreNotPublic,
  pass: {
    "the account that owns the key": { resources: withPolicy(accountDecides) },
    "a service": {
      resources: withPolicy({ ...open, Principal: { Service: "logs.us-east-1.amazonaws.com" } }),
    },
    "another account": {
      resources: withPolicy({ ...open, Principal: { AWS: "210987654321" } }),
    },
    "everyone of one account": {
      resources: when("StringEquals", "kms:CallerAccount", "123456789012"),
    },
    "everyone of one organization": {
      resources: when("StringEquals", "aws:PrincipalOrgID", "o-1234567890"),
    },
    "what comes through one service": {
      resources: when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"),
    },
    "everyone who is denied": {
      resources: withPolicy(accountDecides, { ...open, Effect: "Deny" }),
    },
    "an in-line policy that is an object": {
      resources: key({ policy: { Statement: accountDecides } }),
    },
  },
  fail: {
    "everyone as text": { resources: withPolicy(open), messages: letsInEveryone },
    "everyone as an object": {
      resources: withPolicy({ ...open, Principal: { AWS: "*" } }),
      messages: letsInEveryone,
    },
    "everyone in a list": {
      resources: withPolicy(accountDecides, { ...open, Principal: { AWS: [keyArn, "*"] } }),
      messages: [/Statement\[1\] allows everyone/],
    },
    "everyone but some": {
      resources: withPolicy({
        ...open,
        Principal: undefined,
        NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/app" },
      }),
      messages: [/allows everyone except NotPrincipal/],
    },
    "any caller's account": {
      resources: when("StringLike", "kms:CallerAccount", "*"),
      messages: letsInEveryone,
    },
    "all accounts but one": {
      resources: when("StringNotEquals", "kms:CallerAccount", "123456789012"),
      messages: letsInEveryone,
    },
    "a condition that chooses nobody": {
      resources: when("Bool", "aws:SecureTransport", "true"),
      messages: letsInEveryone,
    },
    "an in-line policy": {
      resources: key({ policy: documentOf(open) }),
      messages: letsInEveryone,
    },
    "an imported key": {
      resources: [
        resource("aws:kms/externalKey:ExternalKey", "imported", { policy: documentOf(open) }),
      ],
      messages: letsInEveryone,
    },
    "text that is not JSON, without repeating it": {
      resources: [keyPolicy({ keyId: keyArn, policy: secret("hunter2") })],
      messages: [/policy: is not valid JSON\.$/],
    },
  },
  undecided: {
    "an unknown policy": { resources: [keyPolicy({ policy: unknown })], what: "policy" },
    "an unknown principal": {
      resources: key({ policy: { Statement: [{ ...open, Principal: unknown }] } }),
      what: "policy",
    },
    "an unknown condition, and still reports the other statement": {
      resources: key({ policy: { Statement: [open, { ...open, Condition: unknown }] } }),
      what: "policy",
      messages: letsInEveryone,
    },
  },
  notApplicable: {
    "a key with the policy that AWS writes": {
      resources: key({}),
      reason: /^the resource has no key policy$/,
    },
  },
};
