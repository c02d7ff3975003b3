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
const allowsEveryone = [/policy: Statement\[0\] allows everyone: specify principals/];

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
    "everyone in one account": {
      resources: when("StringEquals", "kms:CallerAccount", "123456789012"),
    },
    "everyone in one organization": {
      resources: when("StringEquals", "aws:PrincipalOrgID", "o-1234567890"),
    },
    "everyone in one account through one service": {
      resources: withPolicy({
        ...open,
        Condition: {
          StringEquals: {
            "kms:ViaService": "s3.us-east-1.amazonaws.com",
            "kms:CallerAccount": "123456789012",
          },
        },
      }),
    },
    "a Deny statement for everyone": {
      resources: withPolicy(accountDecides, { ...open, Effect: "Deny" }),
    },
    "everyone if a Deny leaves one account": {
      resources: withPolicy(open, {
        ...open,
        Effect: "Deny",
        Action: "*",
        Condition: { StringNotEquals: { "kms:CallerAccount": "123456789012" } },
      }),
    },
    "an in-line policy that is an object": {
      resources: key({ policy: { Statement: accountDecides } }),
    },
  },
  fail: {
    "everyone as a string": { resources: withPolicy(open), messages: allowsEveryone },
    "everyone as an object": {
      resources: withPolicy({ ...open, Principal: { AWS: "*" } }),
      messages: allowsEveryone,
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
    "everyone through one service": {
      resources: when("StringEquals", "kms:ViaService", "s3.us-east-1.amazonaws.com"),
      messages: allowsEveryone,
    },
    "everyone in any account": {
      resources: when("StringLike", "kms:CallerAccount", "*"),
      messages: allowsEveryone,
    },
    "everyone outside one account": {
      resources: when("StringNotEquals", "kms:CallerAccount", "123456789012"),
      messages: allowsEveryone,
    },
    "everyone who knows an encryption context": {
      resources: when("StringEquals", "kms:EncryptionContext:stage", "prod"),
      messages: allowsEveryone,
    },
    "a Deny that leaves whoever uses TLS": {
      resources: withPolicy(open, {
        ...open,
        Effect: "Deny",
        Condition: {
          StringNotEquals: { "kms:CallerAccount": "123456789012" },
          Bool: { "aws:SecureTransport": "false" },
        },
      }),
      messages: allowsEveryone,
    },
    "a condition that does not restrict callers": {
      resources: when("Bool", "aws:SecureTransport", "true"),
      messages: allowsEveryone,
    },
    "an in-line policy": {
      resources: key({ policy: documentOf(open) }),
      messages: allowsEveryone,
    },
    "an imported key": {
      resources: [
        resource("aws:kms/externalKey:ExternalKey", "imported", { policy: documentOf(open) }),
      ],
      messages: allowsEveryone,
    },
    "a string that is not JSON, without quoting it": {
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
    "an unknown condition, while reporting the other statement": {
      resources: key({ policy: { Statement: [open, { ...open, Condition: unknown }] } }),
      what: "policy",
      messages: allowsEveryone,
    },
  },
  notApplicable: {
    "a key with the default key policy": {
      resources: key({}),
      reason: /^the resource has no key policy$/,
    },
  },
};
