import { iamRolesTrustChosenPrincipals } from "../../../policy/rules/iam/iamRolesTrustChosenPrincipals";
import { iamRolesTrustChosenRepositories } from "../../../policy/rules/iam/iamRolesTrustChosenRepositories";
import { iamServicesActForChosenAccounts } from "../../../policy/rules/iam/iamServicesActForChosenAccounts";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const firehose = "firehose.amazonaws.com";
const account = "123456789012";
const root = `arn:aws:iam::${account}:root`;
const external = { StringEquals: { "sts:ExternalId": account } };

/** Not the id of the trusted account, which everyone in it knows. */
const agreed = { StringEquals: { "sts:ExternalId": "6a1c0f3e-partner" } };

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
const unreadable = {
  "a string that is not JSON, which one rule reports": {
    resources: role(secret("hunter2")),
    reason: /cannot be read, which iam-roles-trust-chosen-principals reports/,
  },
};
const opaque = {
  "an unknown document": { resources: role(unknown), what: "assumeRolePolicy" },
};

const everyone = [
  /assumeRolePolicy: Statement\[0\] allows everyone: specify who may assume the role/,
];
const wholeAccount = [
  /Statement\[0\] allows everyone in an account: specify its roles, add an external/,
];

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
    "an account with an agreed external id": { resources: trusting({ AWS: root }, agreed) },
    "an account from which a Deny takes all but some roles": {
      resources: object(statement({ AWS: root }), {
        ...statement("*", {
          ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/app-*` },
        }),
        Effect: "Deny",
      }),
    },
    "everyone if a Deny takes all but an organization": {
      resources: object(statement("*"), {
        ...statement({ AWS: "*" }, { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }),
        Effect: "Deny",
        Action: "sts:*",
      }),
    },
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
    ...Object.fromEntries(
      [account, "1234-5678-9012", root, `aws:${account}`, ["6a1c0f3e-partner", account]].map(
        (id) => [
          `an account with an external id that follows from it: ${String(id)}`,
          {
            resources: trusting({ AWS: root }, { StringEquals: { "sts:ExternalId": id } }),
            messages: wholeAccount,
          },
        ],
      ),
    ),
    "an account with an external id that has a policy variable": {
      resources: trusting(
        { AWS: root },
        { StringEquals: { "sts:ExternalId": "${aws:PrincipalAccount}" } },
      ),
      messages: wholeAccount,
    },
    "an account from which a Deny takes the identities of another": {
      resources: object(statement({ AWS: root }), {
        ...statement({ AWS: "210987654321" }),
        Effect: "Deny",
      }),
      messages: wholeAccount,
    },
    "everyone in a network, which is no identity": {
      resources: trusting("*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
      messages: everyone,
    },
    "everyone if a Deny on something else does not apply": {
      resources: object(statement("*"), {
        ...statement("*", { Bool: { "aws:SecureTransport": "false" } }),
        Effect: "Deny",
      }),
      messages: everyone,
    },
    "every service": {
      resources: trusting({ Service: "*" }),
      messages: [/has "\*" for a type of principal/],
    },
    "a pattern of roles": {
      resources: trusting({ AWS: `arn:aws:iam::${account}:role/*` }),
      messages: [/has a wildcard in the name of a principal: name each principal/],
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
    "a Deny statement for other accounts": {
      resources: object(statement({ Service: firehose }), {
        ...statement(
          { Service: firehose },
          { StringNotEquals: { "aws:SourceAccount": account, "sts:ExternalId": account } },
        ),
        Effect: "Deny",
      }),
    },
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
    "a Deny statement for another service": {
      resources: object(statement({ Service: firehose }), {
        ...statement(
          { Service: "lambda.amazonaws.com" },
          { StringNotEquals: { "aws:SourceAccount": account } },
        ),
        Effect: "Deny",
      }),
      messages: deputy,
    },
    "a service that the config lists": {
      resources: trusting({ Service: "sns.amazonaws.com" }),
      config: { guardedServices: [firehose, "sns.amazonaws.com"] },
      messages: deputy,
    },
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
  notApplicable: unreadable,
};

const provider = (issuer: string) => ({
  Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}`,
});
const github = "token.actions.githubusercontent.com";
const web = (Principal: unknown, Condition?: unknown) => ({
  ...statement(Principal, Condition),
  Action: "sts:AssumeRoleWithWebIdentity",
});
const federating = (...statements: readonly unknown[]) =>
  role(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const onGithub = (sub: unknown, operator = "StringLike") =>
  federating(
    web(provider(github), {
      StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" },
      [operator]: { [`${github}:sub`]: sub },
    }),
  );
const anyRepository = [
  /Statement\[0\] allows everyone who uses GitHub Actions: add a condition with fixed values of token\.actions\.githubusercontent\.com:sub/,
];

export const iamRolesTrustChosenRepositoriesTable: PolicyTable = {
  policy: iamRolesTrustChosenRepositories,
  pass: {
    "a repository on GitHub": { resources: onGithub("repo:octo-org/octo-repo:*") },
    "an environment of a repository": {
      resources: onGithub("repo:octo-org/octo-repo:environment:prod", "StringEquals"),
    },
    "several repositories": {
      resources: onGithub(["repo:octo-org/one:*", "repo:octo-org@123456/two@456789:*"]),
    },
    "an owner that the config trusts": {
      resources: onGithub("repo:octo-org/*"),
      config: { trustedOwners: ["octo-org"] },
    },
    "a Deny statement for other repositories": {
      resources: federating(web(provider(github)), {
        ...web("*", { StringNotLike: { [`${github}:sub`]: "repo:octo-org/octo-repo:*" } }),
        Effect: "Deny",
      }),
    },
    "a private issuer": { resources: federating(web(provider("acme.eu.auth0.com"))) },
    "a SAML provider": {
      resources: trusting({ Federated: `arn:aws:iam::${account}:saml-provider/login` }),
    },
    "a service": { resources: trusting({ Service: firehose }) },
    "an identity pool": {
      resources: federating(
        web(
          { Federated: "cognito-identity.amazonaws.com" },
          { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:6a1c0f3e" } },
        ),
      ),
    },
  },
  fail: {
    "GitHub without a condition": {
      resources: federating(web(provider(github))),
      messages: anyRepository,
    },
    "GitHub with only an audience": {
      resources: federating(
        web(provider(github), { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } }),
      ),
      messages: anyRepository,
    },
    "every repository": { resources: onGithub("repo:*"), messages: anyRepository },
    "every repository of an owner": {
      resources: onGithub("repo:octo-org/*"),
      messages: anyRepository,
    },
    "an owner that the config does not trust": {
      resources: onGithub("repo:octo-org/*"),
      config: { trustedOwners: ["octo"] },
      messages: anyRepository,
    },
    "owners that start alike": {
      resources: onGithub("repo:octo*/lake:*"),
      messages: anyRepository,
    },
    "repositories that start alike": {
      resources: onGithub("repo:octo-org/lake*"),
      messages: anyRepository,
    },
    "a branch of any repository": {
      resources: onGithub("repo:*:ref:refs/heads/main"),
      messages: anyRepository,
    },
    "a repository or any": {
      resources: onGithub(["repo:octo-org/octo-repo:*", "*"]),
      messages: anyRepository,
    },
    "a subject that may be missing": {
      resources: onGithub("repo:octo-org/octo-repo:*", "ForAllValues:StringLike"),
      messages: anyRepository,
    },
    "all repositories but one": {
      resources: onGithub("repo:octo-org/octo-repo:*", "StringNotLike"),
      messages: anyRepository,
    },
    "a provider that AWS has built in": {
      resources: federating(web({ Federated: "graph.facebook.com" })),
      messages: [/allows everyone who uses Facebook: .* graph\.facebook\.com:app_id/],
    },
    "a claim of another provider": {
      resources: federating(
        web(provider("gitlab.com"), { StringLike: { [`${github}:sub`]: "repo:a/b:*" } }),
      ),
      messages: [/everyone who uses GitLab\.com/],
    },
  },
  undecided: {
    ...opaque,
    "an unknown provider": {
      resources: object(web({ Federated: unknown })),
      what: "assumeRolePolicy",
    },
    "an unknown subject": {
      resources: object(web(provider(github), { StringLike: { [`${github}:sub`]: unknown } })),
      what: "assumeRolePolicy",
    },
    "a statement that may be a Deny for other repositories": {
      resources: object(web(provider(github)), unknown),
      what: "assumeRolePolicy",
    },
  },
  notApplicable: unreadable,
};
