import { iamRolesTrustChosenPrincipals } from "../../../policy/rules/iam/iamRolesTrustChosenPrincipals";
import { iamServicesActForChosenAccounts } from "../../../policy/rules/iam/iamServicesActForChosenAccounts";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const firehose = "firehose.amazonaws.com";
const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const external = { StringEquals: { "sts:ExternalId": account } };

const role = (assumeRolePolicy: unknown): readonly TestResource[] => [
  resource("aws:iam/role:Role", "role", { assumeRolePolicy }),
];
const statement = (Principal: unknown, Condition?: unknown) => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...(Condition !== undefined && { Condition }),
});
const object = (...statements: readonly unknown[]) => role({ Statement: statements });
const trusting = (Principal: unknown, Condition?: unknown) =>
  role(JSON.stringify({ Version: "2012-10-17", Statement: [statement(Principal, Condition)] }));

const notJson = {
  "a string that is not JSON, without quoting it": {
    resources: role(secret("hunter2")),
    messages: [/assumeRolePolicy: is not valid JSON\.$/],
  },
};
const opaque = {
  "an unknown document": { resources: role(unknown), what: "assumeRolePolicy" },
};

const everyone = [
  /assumeRolePolicy: Statement\[0\] allows everyone: specify who may assume the role/,
];
const wholeAccount = [/Statement\[0\] allows everyone in an account: specify its roles, or add it/];

export const iamRolesTrustChosenPrincipalsTable: PolicyTable = {
  policy: iamRolesTrustChosenPrincipals,
  pass: {
    "a service": { resources: trusting({ Service: firehose }) },
    "a role of another account": {
      resources: trusting({ AWS: "arn:aws:iam::210987654321:role/app" }),
    },
    "an identity provider": {
      resources: trusting({ Federated: `arn:aws:iam::${account}:saml-provider/login` }),
    },
    "everyone of an organization": {
      resources: trusting("*", { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }),
    },
    "some roles of an account": {
      resources: trusting(
        { AWS: root },
        { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/app-*` } },
      ),
    },
    "an account with an external id": { resources: trusting({ AWS: root }, external) },
    "an account that the config trusts": {
      resources: trusting({ AWS: [root, account] }),
      config: { trustedAccounts: [account] },
    },
    "a service that the config lists": {
      resources: trusting({ Service: [firehose] }),
      config: { allowedServices: ["lambda.amazonaws.com", firehose] },
    },
    "a Deny statement for everyone": {
      resources: object(statement({ Service: firehose }), { ...statement("*"), Effect: "Deny" }),
    },
  },
  fail: {
    "everyone as a string": { resources: trusting("*"), messages: everyone },
    "everyone as an object": { resources: trusting({ AWS: "*" }), messages: everyone },
    "everyone in a list": { resources: trusting({ AWS: ["*"] }), messages: everyone },
    "everyone with an external id, which is not a secret": {
      resources: trusting("*", external),
      messages: everyone,
    },
    "everyone but some": {
      resources: object({ ...statement(undefined), NotPrincipal: { AWS: root } }),
      messages: everyone,
    },
    "the root of an account": { resources: trusting({ AWS: root }), messages: wholeAccount },
    "an account by its id": { resources: trusting({ AWS: account }), messages: wholeAccount },
    "an account that the config does not trust": {
      resources: trusting({ AWS: [account, root] }),
      config: { trustedAccounts: ["210987654321"] },
      messages: wholeAccount,
    },
    "an account with any external id": {
      resources: trusting({ AWS: root }, { StringLike: { "sts:ExternalId": "*" } }),
      messages: wholeAccount,
    },
    "every service": {
      resources: trusting({ Service: "*" }),
      messages: [/has "\*" for a type of principal/],
    },
    "a service that the config does not list": {
      resources: trusting({ Service: ["ec2.amazonaws.com", firehose] }),
      config: { allowedServices: [firehose] },
      messages: [/allows a service other than firehose\.amazonaws\.com: remove it, or add it/],
    },
    ...notJson,
  },
  undecided: {
    ...opaque,
    "an unknown principal": {
      resources: object(statement({ AWS: unknown })),
      what: "assumeRolePolicy",
    },
    "an unknown condition of an account": {
      resources: object(statement({ AWS: root }, unknown)),
      what: "assumeRolePolicy",
    },
    "an unknown service, while reporting everyone": {
      resources: object(statement("*"), statement({ Service: unknown })),
      what: "assumeRolePolicy",
      messages: everyone,
    },
  },
};

const deputy = [
  /Statement\[0\] allows a service to act on behalf of any account: add sts:ExternalId, aws:Source/,
];

export const iamServicesActForChosenAccountsTable: PolicyTable = {
  policy: iamServicesActForChosenAccounts,
  pass: {
    "an external id": { resources: trusting({ Service: firehose }, external) },
    "an account as the source": {
      resources: trusting(
        { Service: [firehose] },
        { StringEquals: { "AWS:SourceAccount": account } },
      ),
    },
    "any stream of an account as the source": {
      resources: trusting(
        { Service: firehose },
        {
          ArnLike: { "aws:SourceArn": `arn:aws:firehose:us-east-1:${account}:deliverystream/*` },
        },
      ),
    },
    "a service that the config does not guard": {
      resources: trusting({ Service: "lambda.amazonaws.com" }),
    },
    "a Deny statement for a guarded service": {
      resources: object({ ...statement({ Service: firehose }), Effect: "Deny" }),
    },
    "a role of an account": { resources: trusting({ AWS: `arn:aws:iam::${account}:role/app` }) },
  },
  fail: {
    "Firehose without a condition": {
      resources: trusting({ Service: firehose }),
      messages: deputy,
    },
    "Firehose among others": {
      resources: trusting({ Service: ["lambda.amazonaws.com", firehose] }),
      messages: deputy,
    },
    "a condition on something else": {
      resources: trusting({ Service: firehose }, { Bool: { "aws:SecureTransport": "true" } }),
      messages: deputy,
    },
    "a condition that matches if the key is missing": {
      resources: trusting(
        { Service: firehose },
        { StringEqualsIfExists: { "aws:SourceAccount": account } },
      ),
      messages: deputy,
    },
    "a condition that matches any account": {
      resources: trusting({ Service: firehose }, { StringLike: { "aws:SourceAccount": "*" } }),
      messages: deputy,
    },
    "a condition on a stream in any account": {
      resources: trusting(
        { Service: firehose },
        { ArnLike: { "aws:SourceArn": "arn:aws:firehose:us-east-1:*:deliverystream/events" } },
      ),
      messages: deputy,
    },
    "a service that the config lists": {
      resources: trusting({ Service: "sns.amazonaws.com" }),
      config: { guardedServices: [firehose, "sns.amazonaws.com"] },
      messages: deputy,
    },
    ...notJson,
  },
  undecided: {
    ...opaque,
    "an unknown service": {
      resources: object(statement({ Service: unknown })),
      what: "assumeRolePolicy",
    },
    "an unknown external id": {
      resources: object(
        statement({ Service: firehose }, { StringEquals: { "sts:ExternalId": unknown } }),
      ),
      what: "assumeRolePolicy",
    },
    "a violation whose Effect is unknown": {
      resources: object({ ...statement({ Service: firehose }), Effect: unknown }),
      what: "assumeRolePolicy",
    },
  },
};
