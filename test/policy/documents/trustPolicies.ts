import {
  account,
  organization,
  otherAccount,
  pages,
  type PolicyCase,
  statementsFor,
} from "./policyCase";

const { allow, when, denyWhen } = statementsFor({ Action: "sts:AssumeRole" });
const root = { AWS: `arn:aws:iam::${otherAccount}:root` };
const { principal, keys, externalId, evaluation, operators, vpcFederation } = pages;

const externally = (id: unknown, operator = "StringEquals") =>
  allow({ Principal: root, Condition: { [operator]: { "sts:ExternalId": id } } });

const github = "token.actions.githubusercontent.com";

type SharedIssuer = readonly [
  issuer: string,
  claim: string,
  good: string,
  bad: string,
  page: string,
];

const shared = pages.sharedProviders;
const sharedProviders: readonly SharedIssuer[] = [
  [github, "sub", "repo:octo-org/octo-repo:*", "repo:octo-org/*", shared],
  ["vstoken.actions.githubusercontent.com", "sub", "repo:octo-org/octo-repo:*", "repo:*", shared],
  [
    "gitlab.com",
    "sub",
    "project_path:acme/lake:ref_type:branch:ref:*",
    "project_path:*/lake:*",
    shared,
  ],
  [
    "app.terraform.io",
    "sub",
    "organization:acme:project:*",
    "organization:*:project:lake:*",
    shared,
  ],
  ["agent.buildkite.com", "sub", "organization:acme:pipeline:*", "organization:acme*", shared],
  [
    "oidc.codefresh.io",
    "sub",
    "account:5f30ebd3:pipeline:*",
    "account:*:pipeline:64de5cd4",
    shared,
  ],
  ["scalr.io", "sub", "account:acme:environment:*", "account:acme?:environment:*", shared],
  ["proidc.upbound.io", "sub", "mcp:acme/lake:*", "mcp:*/lake:provider:provider-aws", shared],
  ["studio.datachain.ai/api", "sub", "credentials:acme/*", "credentials:*/lake", shared],
  ["api.pulumi.com/oidc", "aud", "aws:acme", "aws:*", shared],
  ["oidc.vercel.com", "aud", "https://vercel.com/acme", "https://vercel.com/*", shared],
];
const builtInProviders: readonly SharedIssuer[] = [
  ["cognito-identity.amazonaws.com", "aud", "us-east-1:6a1c0f3e", "us-east-1:*", shared],
  ["accounts.google.com", "aud", "6a1c.apps.googleusercontent.com", "*.com", pages.federation],
  ["graph.facebook.com", "app_id", "1234567890", "12345*", pages.federation],
  ["www.amazon.com", "app_id", "amzn1.application.6a1c", "amzn1.application.*", pages.federation],
];
const builtIn = builtInProviders.map(([issuer]) => issuer);

/** Issuers whose URL names the organization. */
const privateIssuers = [
  "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
  "oidc.circleci.com/org/6a1c0f3e-1d2b-4c3d-8e4f-5a6b7c8d9e0f",
  "acme.eu.auth0.com",
  "acme.okta.com",
  "gitlab.example.com",
  "token.actions.githubusercontent.com/acme",
  "oidc.vercel.com/acme",
  "oidc.eks.eu-central-1.amazonaws.com/id/6A1C0F3E",
  "cognito-idp.eu-central-1.amazonaws.com/eu-central-1_6A1c0f3",
];

/** Trust policies of roles. */
export const trustPolicies: readonly PolicyCase[] = [
  ["everyone", "public", principal, allow()],
  ["every account", "public", principal, allow({ Principal: { AWS: "*" } })],
  ["all but an account", "public", principal, allow({ NotPrincipal: root })],
  ["a whole account", "public", principal, allow({ Principal: root })],
  ["a whole account by its id", "public", principal, allow({ Principal: { AWS: otherAccount } })],
  [
    "a role of another account",
    "private",
    principal,
    allow({ Principal: { AWS: `arn:aws:iam::${otherAccount}:role/deployer` } }),
  ],
  ["a service", "private", principal, allow({ Principal: { Service: "lambda.amazonaws.com" } })],
  ["every service", "public", principal, allow({ Principal: { Service: "*" } })],
  ["an organization", "private", keys, when("StringEquals", "aws:PrincipalOrgID", organization)],
  ["any organization", "public", keys, when("StringLike", "aws:PrincipalOrgID", "o-*")],
  ["a network", "public", vpcFederation, when("IpAddress", "aws:SourceIp", "203.0.113.0/24")],
  ["a VPC", "public", vpcFederation, when("StringEquals", "aws:SourceVpc", "vpc-91237329")],
  ["two factors", "public", keys, when("Bool", "aws:MultiFactorAuthPresent", "true")],
  [
    "everyone with an external id",
    "public",
    externalId,
    when("StringEquals", "sts:ExternalId", "6a1c"),
  ],
  ["an account with an agreed external id", "private", externalId, externally("6a1c0f3e-partner")],
  ["an account with the id of ours", "private", externalId, externally(account)],
  ["an account with its own id", "public", externalId, externally(otherAccount)],
  [
    "an account with its own id, or another",
    "public",
    externalId,
    externally(["6a1c", otherAccount]),
  ],
  ["an account with the ARN of its root", "public", externalId, externally(root.AWS)],
  ["an account with its own id in groups", "public", externalId, externally("2109-8765-4321")],
  ["an account with any external id", "public", externalId, externally("*", "StringLike")],
  [
    "an account with no wrong external id",
    "public",
    operators,
    externally("6a1c", "StringNotEquals"),
  ],
  [
    "an account with an external id, if any",
    "public",
    operators,
    externally("6a1c", "StringEqualsIfExists"),
  ],
  [
    "an account with a policy variable",
    "public",
    pages.variables,
    externally("${aws:PrincipalAccount}"),
  ],
  [
    "roles of an account",
    "private",
    keys,
    allow({
      Principal: root,
      Condition: {
        ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${otherAccount}:role/deployer-*` },
      },
    }),
  ],
  [
    "everyone, with a Deny outside an organization",
    "private",
    evaluation,
    allow(),
    denyWhen("StringNotEquals", "aws:PrincipalOrgID", organization, { Action: "sts:*" }),
  ],
  [
    "everyone, with a Deny of tagging outside an organization",
    "public",
    evaluation,
    allow(),
    denyWhen("StringNotEquals", "aws:PrincipalOrgID", organization, { Action: "sts:TagSession" }),
  ],
  [
    "a whole account, with a Deny for all of an account but a role",
    "private",
    evaluation,
    allow({ Principal: root }),
    denyWhen("ArnNotEquals", "aws:PrincipalArn", `arn:aws:iam::${otherAccount}:role/deployer`, {
      Principal: root,
    }),
  ],
  [
    "a whole account, with a Deny for all of our account but a role",
    "public",
    evaluation,
    allow({ Principal: root }),
    denyWhen("ArnNotEquals", "aws:PrincipalArn", `arn:aws:iam::${otherAccount}:role/deployer`, {
      Principal: { AWS: account },
    }),
  ],
  ...federated(),
];

/** One case for each provider without and with the claim that names the tenant, and traps. */
function federated(): readonly PolicyCase[] {
  const web = (issuer: string, Condition?: unknown) =>
    allow({
      Principal: {
        Federated: builtIn.includes(issuer)
          ? issuer
          : `arn:aws:iam::${account}:oidc-provider/${issuer}`,
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      ...(Condition !== undefined && { Condition }),
    });
  const claim = (issuer: string, key: string, value: unknown, operator = "StringLike") =>
    web(issuer, { [operator]: { [`${issuer}:${key}`]: value } });
  const issuers = [...sharedProviders, ...builtInProviders].flatMap(
    ([issuer, key, good, bad, page]): readonly PolicyCase[] => [
      [`${issuer} without a condition`, "public", page, web(issuer)],
      [`${issuer} with any ${key}`, "public", page, claim(issuer, key, "*")],
      [`${issuer} with ${bad}`, "public", page, claim(issuer, key, bad)],
      [`${issuer} with ${good}`, "private", page, claim(issuer, key, good)],
    ],
  );
  const sentinel = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/";
  const session = { StringEquals: { "sts:RoleSessionName": "MicrosoftSentinel_6a1c0f3e" } };
  return [
    ...issuers,
    ...privateIssuers.map((issuer): PolicyCase => [
      `${issuer}, a private issuer`,
      "private",
      pages.sharedProviders,
      web(issuer),
    ]),
    ["Sentinel without a session", "public", pages.sharedProviders, web(sentinel)],
    ["Sentinel with a session", "private", pages.sharedProviders, web(sentinel, session)],
    [
      "a SAML provider",
      "private",
      principal,
      allow({ Principal: { Federated: `arn:aws:iam::${account}:saml-provider/login` } }),
    ],
    ["any identity provider", "public", principal, allow({ Principal: { Federated: "*" } })],
    [
      "GitHub with only an audience",
      "public",
      pages.sharedProviders,
      claim(github, "aud", "sts.amazonaws.com", "StringEquals"),
    ],
    [
      "GitHub with a branch of a repository",
      "private",
      pages.sharedProviders,
      claim(github, "sub", "repo:octo-org/octo-repo:ref:refs/heads/main", "StringEquals"),
    ],
    [
      "GitHub with repositories that start alike",
      "public",
      pages.sharedProviders,
      claim(github, "sub", "repo:octo-org/octo*"),
    ],
    [
      "GitHub with a branch of any repository",
      "public",
      pages.sharedProviders,
      claim(github, "sub", "repo:*:ref:refs/heads/main"),
    ],
    [
      "GitHub with a repository or any",
      "public",
      pages.sharedProviders,
      claim(github, "sub", ["repo:octo-org/octo-repo:*", "*"]),
    ],
    [
      "GitHub with a subject that may be missing",
      "public",
      pages.sets,
      claim(github, "sub", "repo:octo-org/octo-repo:*", "ForAllValues:StringLike"),
    ],
    [
      "GitHub with all subjects but one",
      "public",
      operators,
      claim(github, "sub", "repo:octo-org/octo-repo:*", "StringNotLike"),
    ],
    [
      "GitHub with the subject of another provider",
      "public",
      pages.sharedProviders,
      web(github, { StringLike: { "gitlab.com:sub": "repo:octo-org/octo-repo:*" } }),
    ],
    [
      "GitHub with a Deny for other repositories",
      "private",
      evaluation,
      web(github),
      {
        ...claim(github, "sub", "repo:octo-org/octo-repo:*", "StringNotLike"),
        Principal: "*",
        Effect: "Deny",
      },
    ],
    [
      "GitHub with a Deny for other owners that start alike",
      "public",
      evaluation,
      web(github),
      { ...claim(github, "sub", "repo:octo*", "StringNotLike"), Principal: "*", Effect: "Deny" },
    ],
  ];
}
