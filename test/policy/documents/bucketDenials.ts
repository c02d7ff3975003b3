import { account, organization, pages, type PolicyCase, statementsFor } from "./policyCase";

const objects = "arn:aws:s3:::lake/*";
const { allow, deny, denyWhen } = statementsFor({ Action: "s3:GetObject", Resource: objects });
const reader = `arn:aws:iam::${account}:role/reader`;
const all = { Action: "s3:*", Resource: ["arn:aws:s3:::lake", objects] };
const inside = ["StringNotEquals", "aws:PrincipalOrgID", organization] as const;
const { s3, operators, sets, keys, notPrincipal, evaluation } = pages;

/** Bucket policies that allow everyone, with Deny statements. */
export const bucketDenials: readonly PolicyCase[] = [
  ["a Deny outside an organization", "private", evaluation, allow(), denyWhen(...inside, all)],
  ["a Deny of the same action", "private", evaluation, allow(), denyWhen(...inside)],
  ["a Deny for everyone", "private", evaluation, allow(), deny(all)],
  [
    "a Deny with IfExists, which holds without the key",
    "private",
    operators,
    allow(),
    denyWhen("StringNotEqualsIfExists", "aws:PrincipalOrgID", organization),
  ],
  [
    "a Deny outside an organization and an endpoint",
    "private",
    evaluation,
    allow(),
    deny({
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": organization, "aws:SourceVpce": "vpce-1a2b3c4d" },
      },
    }),
  ],
  [
    "a Deny outside a network",
    "private",
    s3,
    allow(),
    denyWhen("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24", "2001:db8::/32"], all),
  ],
  [
    "a Deny outside a network that is too broad",
    "public",
    s3,
    allow(),
    denyWhen("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24", "128.0.0.0/1"], all),
  ],
  [
    "a Deny for all but a role",
    "private",
    notPrincipal,
    allow(),
    { ...deny({ NotPrincipal: { AWS: [reader, `arn:aws:iam::${account}:root`] } }) },
  ],
  ["a Deny for nobody", "public", notPrincipal, allow(), deny({ NotPrincipal: { AWS: "*" } })],
  [
    "a Deny for all but a web identity provider",
    "public",
    s3,
    allow(),
    deny({ NotPrincipal: { Federated: "graph.facebook.com" } }),
  ],
  ["a Deny for one role", "public", evaluation, allow(), deny({ Principal: { AWS: reader } })],
  [
    "a Deny of another action",
    "public",
    evaluation,
    allow(),
    denyWhen(...inside, { Action: "s3:Put*" }),
  ],
  [
    "a Deny of a part of the actions",
    "public",
    evaluation,
    allow({ Action: ["s3:GetObject", "s3:PutObject"] }),
    denyWhen(...inside, { Action: "s3:PutObject" }),
  ],
  [
    "two Deny statements for the parts",
    "private",
    evaluation,
    allow({ Action: ["s3:GetObject", "s3:PutObject"] }),
    denyWhen(...inside, { Action: "s3:PutObject" }),
    denyWhen(...inside, { Action: "S3:get*" }),
  ],
  ["a Deny of fewer actions", "public", evaluation, allow({ Action: "s3:*" }), denyWhen(...inside)],
  [
    "a Deny of all other actions",
    "public",
    pages.notAction,
    allow(),
    deny({ Action: undefined, NotAction: "s3:Get*" }),
  ],
  [
    "a Deny of all but another action",
    "private",
    pages.notAction,
    allow(),
    denyWhen(...inside, { Action: undefined, NotAction: "s3:ListBucket" }),
  ],
  [
    "a Deny on a part of the bucket",
    "public",
    evaluation,
    allow(),
    denyWhen(...inside, { Resource: "arn:aws:s3:::lake/private/*" }),
  ],
  [
    "a Deny on more than is allowed",
    "private",
    evaluation,
    allow({ Resource: "arn:aws:s3:::lake/private/*" }),
    denyWhen(...inside),
  ],
  [
    "a Deny on the bucket, not on its objects",
    "public",
    evaluation,
    allow(),
    denyWhen(...inside, { Resource: "arn:aws:s3:::lake" }),
  ],
  [
    "a Deny on the rest of the bucket",
    "public",
    evaluation,
    allow({ Resource: "arn:aws:s3:::lake/open/*" }),
    denyWhen(...inside, { Resource: undefined, NotResource: "arn:aws:s3:::lake/open/*" }),
  ],
  [
    "a Deny without TLS",
    "public",
    pages.s3Policies,
    allow(),
    denyWhen("Bool", "aws:SecureTransport", "false", all),
  ],
  [
    "a Deny outside an organization and without TLS, both of which it needs",
    "public",
    evaluation,
    allow(),
    deny({
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": organization },
        Bool: { "aws:SecureTransport": "false" },
      },
    }),
  ],
  [
    "a Deny outside an organization, except for services",
    "public",
    keys,
    allow(),
    deny({
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalOrgID": organization },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    }),
  ],
  [
    "a Deny for other organizations, which leaves who has none",
    "public",
    operators,
    allow(),
    deny({
      Condition: {
        StringNotEquals: { "aws:PrincipalOrgID": organization },
        Null: { "aws:PrincipalOrgID": "false" },
      },
    }),
  ],
  [
    "a Deny with ForAnyValue, which leaves who has no value",
    "public",
    sets,
    allow(),
    denyWhen("ForAnyValue:StringNotLike", "aws:PrincipalOrgPaths", `${organization}/*`),
  ],
  [
    "a Deny with ForAllValues",
    "private",
    sets,
    allow(),
    denyWhen("ForAllValues:StringNotLike", "aws:PrincipalOrgPaths", `${organization}/*`),
  ],
  [
    "a Deny outside any organization",
    "public",
    operators,
    allow(),
    denyWhen("StringNotLike", "aws:PrincipalOrgID", "o-*"),
  ],
  [
    "a Deny for anonymous users",
    "public",
    operators,
    allow(),
    denyWhen("Null", "aws:userid", "true"),
  ],
  [
    "a Deny inside an organization",
    "public",
    evaluation,
    allow(),
    denyWhen("StringEquals", "aws:PrincipalOrgID", organization),
  ],
  [
    "a Deny outside an account or any",
    "public",
    evaluation,
    allow(),
    denyWhen("StringNotLike", "aws:PrincipalAccount", [account, "2*"]),
  ],
  [
    "a Deny outside a referring page",
    "public",
    keys,
    allow(),
    denyWhen("StringNotLike", "aws:Referer", "https://example.com"),
  ],
  [
    "a Deny for all without a tag",
    "public",
    keys,
    allow(),
    denyWhen("StringNotEquals", "aws:PrincipalTag/team", "data", all),
  ],
  [
    "a Deny of all actions of S3, of which all are allowed",
    "private",
    evaluation,
    allow({ Action: "*" }),
    denyWhen(...inside, all),
  ],
  [
    "a Deny of all actions of another service",
    "public",
    evaluation,
    allow({ Action: "*" }),
    denyWhen(...inside, { ...all, Action: "sqs:*" }),
  ],
  [
    "a Deny on the bucket and its objects, which are all that is allowed",
    "private",
    s3,
    allow({ Resource: "*" }),
    denyWhen(...inside, all),
  ],
  [
    "a Deny on the objects, where the bucket is allowed, too",
    "public",
    s3,
    allow({ Resource: "*" }),
    denyWhen(...inside, { ...all, Resource: objects }),
  ],
  [
    "a Deny on all but the caller's objects, whoever that is",
    "public",
    pages.variables,
    allow({ Resource: "arn:aws:s3:::lake/open/*" }),
    denyWhen(...inside, {
      Resource: undefined,
      NotResource: "arn:aws:s3:::lake/${aws:PrincipalTag/team}/*",
    }),
  ],
];
