import { account, organization, pages, type PolicyCase, statementsFor } from "./policyCase";

const objects = "arn:aws:s3:::lake/*";
const { allow, when, deny } = statementsFor({ Action: "s3:GetObject", Resource: objects });
const reader = `arn:aws:iam::${account}:role/reader`;
const { s3, operators, sets, keys, principal, notPrincipal, evaluation, variables } = pages;

const principals: readonly PolicyCase[] = [
  ["everyone", "public", s3, allow()],
  ["every AWS account", "public", principal, allow({ Principal: { AWS: "*" } })],
  [
    "every AWS account in a list",
    "public",
    principal,
    allow({ Principal: { AWS: [reader, "*"] } }),
  ],
  ["all but one role", "public", notPrincipal, allow({ NotPrincipal: { AWS: reader } })],
  [
    "a web identity provider",
    "public",
    s3,
    allow({ Principal: { Federated: "graph.facebook.com" } }),
  ],
  ["another one", "public", s3, allow({ Principal: { Federated: "accounts.google.com" } })],
  ["a role", "private", s3, allow({ Principal: { AWS: reader } })],
  ["an account", "private", s3, allow({ Principal: { AWS: account } })],
  ["a service", "private", s3, allow({ Principal: { Service: "cloudtrail.amazonaws.com" } })],
  ["a canonical user", "private", principal, allow({ Principal: { CanonicalUser: "79a59df9" } })],
  [
    "a SAML provider of an account",
    "private",
    s3,
    allow({ Principal: { Federated: `arn:aws:iam::${account}:saml-provider/login` } }),
  ],
  ["only a Deny for everyone", "private", evaluation, deny()],
  [
    "CloudTrail, an account, and everyone",
    "public",
    s3,
    allow({ Principal: { Service: "cloudtrail.amazonaws.com" } }),
    allow({ Principal: { AWS: account } }),
    allow(),
  ],
];

const conditionKeys: readonly PolicyCase[] = [
  ["any VPC", "public", s3, when("StringLike", "aws:SourceVpc", "vpc-*")],
  ["a VPC", "private", s3, when("StringEquals", "aws:SourceVpc", "vpc-91237329")],
  ["an endpoint", "private", s3, when("StringEquals", "aws:SourceVpce", "vpce-1a2b3c4d")],
  ["an endpoint or any", "public", s3, when("StringLike", "aws:SourceVpce", ["vpce-1", "vpce-?*"])],
  ["an account as source", "private", s3, when("StringEquals", "aws:SourceAccount", account)],
  ["an account as source owner", "private", s3, when("StringEquals", "aws:SourceOwner", account)],
  ["accounts that start alike", "public", s3, when("StringLike", "aws:SourceAccount", "1234567*")],
  ["a bucket as source", "private", s3, when("ArnLike", "aws:SourceArn", "arn:aws:s3:::source")],
  ["any bucket as source", "public", s3, when("ArnLike", "aws:SourceArn", "arn:aws:s3:::*")],
  [
    "topics of an account as source",
    "private",
    s3,
    when("ArnLike", "aws:SourceArn", `arn:aws:sns:*:${account}:*`),
  ],
  [
    "a topic of any account as source",
    "public",
    s3,
    when("ArnLike", "aws:SourceArn", "arn:aws:sns:us-east-1:*:events"),
  ],
  ["an organization", "private", s3, when("StringEquals", "aws:PrincipalOrgID", organization)],
  [
    "a key in another case",
    "private",
    keys,
    when("StringEquals", "AWS:principalorgid", organization),
  ],
  ["any organization", "public", s3, when("StringLike", "aws:PrincipalOrgID", "o-*")],
  ["a wildcard where it is none", "public", s3, when("StringEquals", "aws:PrincipalOrgID", "*")],
  [
    "a unit of an organization",
    "private",
    keys,
    when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", `${organization}/r-ab12/ou-ab12-1/*`),
  ],
  [
    "a unit of any organization",
    "public",
    keys,
    when("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*/r-ab12/*"),
  ],
  ["a user id", "private", s3, when("StringEquals", "aws:userid", "AIDAEXAMPLEUSERID")],
  ["sessions of a role id", "public", s3, when("StringLike", "aws:userid", "AROAEXAMPLEID:*")],
  [
    "the id of anonymous users",
    "public",
    variables,
    when("StringEquals", "aws:userid", "anonymous"),
  ],
  [
    "the account of anonymous users",
    "public",
    keys,
    when("StringEquals", "aws:PrincipalAccount", "anonymous"),
  ],
  [
    "identities of an account",
    "private",
    s3,
    when("StringEquals", "aws:PrincipalAccount", account),
  ],
  [
    "roles of an account",
    "private",
    s3,
    when("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${account}:role/*`),
  ],
  [
    "a role name in any account",
    "public",
    s3,
    when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/reader"),
  ],
  [
    "a service by condition",
    "private",
    s3,
    when("StringEquals", "aws:PrincipalServiceName", "cloudtrail.amazonaws.com"),
  ],
  ["any service", "public", keys, when("Bool", "aws:PrincipalIsAWSService", "true")],
  ["calls through any service", "public", keys, when("Bool", "aws:ViaAWSService", "true")],
  ["a tag of the principal", "public", keys, when("StringEquals", "aws:PrincipalTag/team", "data")],
  ["a type of principal", "public", keys, when("StringEquals", "aws:PrincipalType", "User")],
  ["a user name", "public", keys, when("StringEquals", "aws:username", "alice")],
  ["the owner of the bucket", "public", keys, when("StringEquals", "aws:ResourceAccount", account)],
  ["the bucket's own", "public", keys, when("StringEquals", "aws:ResourceOrgID", organization)],
  ["a referring page", "public", keys, when("StringLike", "aws:Referer", "https://example.com/*")],
  ["a user agent", "public", keys, when("StringEquals", "aws:UserAgent", "curl/8")],
  ["TLS", "public", keys, when("Bool", "aws:SecureTransport", "true")],
  ["a version of TLS", "public", s3, when("NumericGreaterThanEquals", "s3:TlsVersion", "1.2")],
  ["a time", "public", keys, when("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z")],
  ["a Region", "public", keys, when("StringEquals", "aws:RequestedRegion", "eu-central-1")],
  ["a tag of objects", "public", s3, when("StringEquals", "s3:ExistingObjectTag/a", "public")],
  ["a private address only", "public", keys, when("IpAddress", "aws:VpcSourceIp", "10.0.1.0/24")],
  [
    "access points of an account",
    "private",
    s3,
    when("StringEquals", "s3:DataAccessPointAccount", account),
  ],
  [
    "any access point of an account",
    "private",
    s3,
    when("ArnLike", "s3:DataAccessPointArn", `arn:aws:s3:us-west-2:${account}:accesspoint/*`),
  ],
  [
    "an access point of any account",
    "public",
    s3,
    when("ArnLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:*:accesspoint/lake"),
  ],
  [
    "a KMS key",
    "private",
    s3,
    when(
      "StringEquals",
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      `arn:aws:kms:us-east-1:${account}:key/6a1c0f3e`,
    ),
  ],
  [
    "a kind of encryption",
    "public",
    s3,
    when("StringEquals", "s3:x-amz-server-side-encryption", "aws:kms"),
  ],
  [
    "endpoints of an organization",
    "private",
    keys,
    when("StringEquals", "aws:VpceOrgID", organization),
  ],
  ["endpoints of an account", "private", keys, when("StringEquals", "aws:VpceAccount", account)],
];

const addresses: readonly PolicyCase[] = (
  [
    ["203.0.113.0/24", "private"],
    ["203.0.113.7", "private"],
    ["12.0.0.0/8", "private"],
    ["10.0.0.0/8", "private"],
    ["12.0.0.0/7", "public"],
    ["0.0.0.0/1", "public"],
    ["0.0.0.0/0", "public"],
    ["2001:db8::/32", "private"],
    ["2001:db8::1", "private"],
    ["2001:db8::/31", "public"],
    ["2000::/3", "public"],
    ["::/0", "public"],
    ["::ffff:0:0/96", "public"],
    ["203.0.113.*", "public"],
    ["203.0.113.0/x", "public"],
    ["${aws:SourceIp}", "public"],
    [["12.0.0.0/8", "14.0.0.0/8"], "private"],
    [["13.0.0.0/8", "14.0.0.0/8"], "private"],
    [["12.0.0.0/8", "13.0.0.0/8"], "public"],
    [["12.0.0.0/8", "13.0.0.0/9", "13.128.0.0/9"], "public"],
    [["12.0.0.0/8", "13.0.0.0/9", "13.128.0.0/10"], "private"],
    [Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`), "public"],
    [["12.3.4.5/8", "13.3.4.5/8"], "public"],
    [["12.0.0.0/8", "12.0.0.0/8"], "private"],
    [["2001:db8::/32", "2001:db9::/32"], "public"],
    [["2001:db9::/32", "2001:dba::1.2.3.4/32"], "private"],
    [["2001:db8::/33", "2001:db8:8000::/33"], "private"],
    [["2001:db8::/33", "2001:db8:8000::/33", "2001:db9::/32"], "public"],
  ] as const
).map(([range, verdict]) => [
  [range].flat().slice(0, 3).join(" and "),
  verdict,
  s3,
  when("IpAddress", "aws:SourceIp", range),
]);

const operatorCases: readonly PolicyCase[] = [
  [
    "all but an account",
    "public",
    operators,
    when("StringNotEquals", "aws:SourceAccount", account),
  ],
  [
    "all addresses but some",
    "public",
    operators,
    when("NotIpAddress", "aws:SourceIp", "12.0.0.0/8"),
  ],
  [
    "an organization, if there is one",
    "public",
    operators,
    when("StringEqualsIfExists", "aws:PrincipalOrgID", organization),
  ],
  [
    "all values, of which there may be none",
    "public",
    sets,
    when("ForAllValues:StringLike", "aws:PrincipalOrgPaths", `${organization}/*`),
  ],
  [
    "all values, of which there is one",
    "private",
    sets,
    allow({
      Condition: {
        "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": `${organization}/*` },
        Null: { "aws:PrincipalOrgPaths": "false" },
      },
    }),
  ],
  [
    "all values, and no other",
    "public",
    sets,
    allow({
      Condition: {
        "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": `${organization}/*` },
        Null: { "aws:PrincipalOrgPaths": ["true", "false"] },
      },
    }),
  ],
  ["whoever has an organization", "public", operators, when("Null", "aws:PrincipalOrgID", "false")],
  ["whoever uses no endpoint", "public", operators, when("Null", "aws:SourceVpce", "true")],
  ["no values", "public", operators, when("StringEquals", "aws:PrincipalOrgID", [])],
  [
    "a policy variable",
    "public",
    variables,
    when("StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}"),
  ],
  [
    "a policy variable as account",
    "public",
    variables,
    when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:role/reader"),
  ],
  [
    "two conditions, of which one restricts",
    "private",
    operators,
    allow({
      Condition: {
        Bool: { "aws:SecureTransport": "true" },
        StringEquals: { "aws:PrincipalOrgID": organization },
      },
    }),
  ],
  [
    "two conditions, of which none restricts",
    "public",
    operators,
    allow({
      Condition: {
        Bool: { "aws:SecureTransport": "true" },
        StringLike: { "aws:PrincipalOrgID": "*" },
      },
    }),
  ],
];

/** Bucket policies. */
export const bucketPolicies = [...principals, ...conditionKeys, ...addresses, ...operatorCases];
