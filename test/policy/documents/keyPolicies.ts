import { account, organization, pages, type PolicyCase, statementsFor } from "./policyCase";

const { allow, when, deny, denyWhen } = statementsFor({ Action: "kms:Decrypt", Resource: "*" });
const { kmsConfig, kmsKeys, kmsPolicy, keys, operators, evaluation } = pages;
const s3Only = "s3.us-east-1.amazonaws.com";

/** Key policies. */
export const keyPolicies: readonly PolicyCase[] = [
  ["everyone", "public", kmsConfig, allow()],
  ["everyone with all actions", "public", kmsConfig, allow({ Action: "kms:*" })],
  ["every account", "public", kmsConfig, allow({ Principal: { AWS: ["*"] } })],
  [
    "the default key policy",
    "private",
    kmsPolicy,
    allow({ Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*" }),
  ],
  [
    "a service",
    "private",
    kmsPolicy,
    allow({ Principal: { Service: "logs.us-east-1.amazonaws.com" } }),
  ],
  [
    "a key of AWS: an account through a service",
    "private",
    kmsKeys,
    allow({
      Condition: { StringEquals: { "kms:ViaService": s3Only, "kms:CallerAccount": account } },
    }),
  ],
  ["an account", "private", kmsKeys, when("StringEquals", "kms:CallerAccount", account)],
  ["any account", "public", kmsConfig, when("StringLike", "kms:CallerAccount", "*")],
  [
    "an account or any",
    "public",
    kmsConfig,
    when("StringLike", "kms:CallerAccount", [account, "?*"]),
  ],
  [
    "a policy variable",
    "public",
    kmsConfig,
    when("StringEquals", "kms:CallerAccount", "${aws:PrincipalAccount}"),
  ],
  [
    "all but an account",
    "public",
    operators,
    when("StringNotEquals", "kms:CallerAccount", account),
  ],
  [
    "an account, if it is known",
    "public",
    operators,
    when("StringEqualsIfExists", "kms:CallerAccount", account),
  ],
  ["everyone through a service", "public", kmsKeys, when("StringEquals", "kms:ViaService", s3Only)],
  [
    "everyone through services",
    "public",
    kmsKeys,
    when("StringLike", "kms:ViaService", ["s3.*.amazonaws.com", "ec2.*.amazonaws.com"]),
  ],
  [
    "an encryption context",
    "public",
    kmsKeys,
    when("StringEquals", "kms:EncryptionContext:stage", "prod"),
  ],
  [
    "the names in an encryption context",
    "public",
    kmsKeys,
    when("ForAnyValue:StringEquals", "kms:EncryptionContextKeys", "stage"),
  ],
  ["grants for services", "public", kmsKeys, when("Bool", "kms:GrantIsForAWSResource", "true")],
  ["an algorithm", "public", kmsKeys, when("StringEquals", "kms:EncryptionAlgorithm", "RSAES")],
  ["an alias", "public", kmsKeys, when("StringEquals", "kms:RequestAlias", "alias/lake")],
  ["an organization", "private", keys, when("StringEquals", "aws:PrincipalOrgID", organization)],
  ["an account as source", "private", keys, when("StringEquals", "aws:SourceAccount", account)],
  [
    "a role",
    "private",
    keys,
    when("ArnEquals", "aws:PrincipalArn", `arn:aws:iam::${account}:role/delivery`),
  ],
  ["a network", "private", keys, when("IpAddress", "aws:SourceIp", "203.0.113.0/24")],
  ["the internet", "public", keys, when("IpAddress", "aws:SourceIp", "0.0.0.0/0")],
  ["a tag of the key", "public", keys, when("StringEquals", "aws:ResourceTag/stage", "prod")],
  ["two factors", "public", keys, when("Bool", "aws:MultiFactorAuthPresent", "true")],
  [
    "everyone, with a Deny outside an account",
    "private",
    evaluation,
    allow({ Action: ["kms:Decrypt", "kms:GenerateDataKey*"] }),
    denyWhen("StringNotEquals", "kms:CallerAccount", account, { Action: "kms:*" }),
  ],
  [
    "everyone, with a Deny of fewer data key actions",
    "public",
    evaluation,
    allow({ Action: ["kms:Decrypt", "kms:GenerateDataKey*"] }),
    denyWhen("StringNotEquals", "kms:CallerAccount", account, {
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    }),
  ],
  [
    "everyone, with a Deny outside a service",
    "public",
    kmsKeys,
    allow(),
    denyWhen("StringNotEquals", "kms:ViaService", s3Only),
  ],
  [
    "everyone, with a Deny for all accounts",
    "private",
    evaluation,
    allow(),
    deny({ Principal: { AWS: "*" } }),
  ],
];
