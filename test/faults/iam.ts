import { resource } from "../../policy/testing";
import type { WireProperties } from "../../policy/testing";
import { withDocument } from "./document";
import type { Fault } from "./fault";

const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/rolePolicy:RolePolicy";
const name = "events-delivery";

type Statement = Readonly<Record<string, unknown>>;

/** A document without references to new resources, which would be unknown in a preview. */
const allowing =
  (...statements: readonly Statement[]) =>
  (props: WireProperties): WireProperties => {
    const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
    return { ...props, policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
  };

/** A trust policy with a change. */
const trusting =
  (change: Statement) =>
  (props: WireProperties): WireProperties => {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "123456789012" } },
    };
    return { ...props, assumeRolePolicy: JSON.stringify({ Statement: [{ ...trust, ...change }] }) };
  };

const stream = "arn:aws:kinesis:eu-central-1:123456789012:stream/events";
const anyResource = "iam-resources-are-specific";

const administers = (
  type: "RolePolicyAttachment" | "UserPolicyAttachment",
  props: WireProperties,
) =>
  resource(`aws:iam/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, "administers", {
    ...props,
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });

const policyFor = (Action: string) => ({
  name: Action,
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
});

export const iamFaults: readonly Fault[] = [
  {
    what: "a role that may do everything",
    type: policyType,
    name,
    breaks: allowing({ Action: "*", Resource: "*" }),
    caughtBy: ["iam-policies-grant-no-administration"],
  },
  {
    what: "a role with an action that does not exist",
    type: policyType,
    name,
    breaks: allowing({ Action: "kinesis:GetRecord", Resource: stream }),
    caughtBy: ["iam-actions-exist"],
  },
  {
    what: "a role that may do everything with its source",
    type: policyType,
    name,
    breaks: (props) => withDocument(props, (statement) => ({ ...statement, Action: "kinesis:*" })),
    inPreview: [],
    caughtBy: ["iam-actions-are-specific", "iam-actions-exist"],
  },
  {
    what: "a role that may do everything with the stream",
    type: policyType,
    name,
    breaks: allowing({ Action: "kinesis:*", Resource: stream }),
    caughtBy: ["iam-actions-are-specific"],
  },
  {
    what: "a role that may read in all services that match a pattern",
    type: policyType,
    name,
    breaks: allowing({ Action: "s*:Get*", Resource: stream }),
    caughtBy: ["iam-actions-are-specific"],
  },
  {
    what: "a role that may read every stream",
    type: policyType,
    name,
    breaks: allowing({ Action: "kinesis:GetRecords", Resource: "*" }),
    caughtBy: [anyResource],
  },
  {
    what: "a role that may read every object of every bucket",
    type: policyType,
    name,
    breaks: allowing({
      Action: "s3:GetObject",
      Resource: ["arn:aws:s3:::events/*", "arn:aws:s3:::*"],
    }),
    caughtBy: [anyResource],
  },
  {
    what: "a role that may do everything except one action",
    type: policyType,
    name,
    breaks: allowing({ NotAction: "s3:DeleteObject", Resource: stream }),
    caughtBy: ["iam-allows-have-no-exclusions"],
  },
  {
    what: "a role that may read every stream except one",
    type: policyType,
    name,
    breaks: allowing({ Action: "kinesis:GetRecords", NotResource: stream }),
    caughtBy: ["iam-allows-have-no-exclusions"],
  },
  {
    what: "a role whose policy is not JSON",
    type: policyType,
    name,
    breaks: (props) => ({ ...props, policy: "{ Statement: [] }" }),
    caughtBy: ["iam-policies-grant-no-administration"],
  },
  {
    what: "a role that may pass any role",
    type: policyType,
    name,
    breaks: allowing({ Action: "iam:PassRole", Resource: "*" }),
    caughtBy: [anyResource, "iam-roles-are-passed-by-name"],
  },
  {
    what: "a role that may change its own permissions",
    type: policyType,
    name,
    breaks: allowing({ Action: "iam:PutRolePolicy", Resource: "*" }),
    caughtBy: ["iam-policies-grant-no-escalation", anyResource],
  },
  {
    what: "a role that may run functions with any role",
    type: policyType,
    name,
    breaks: allowing(
      { Action: "iam:PassRole", Resource: "*" },
      {
        Action: ["lambda:CreateFunction", "lambda:InvokeFunction"],
        Resource: "arn:aws:lambda:eu-central-1:123456789012:function:events",
      },
    ),
    caughtBy: ["iam-policies-grant-no-escalation", anyResource, "iam-roles-are-passed-by-name"],
  },
  {
    what: "a role that every repository on GitHub may assume",
    type: roleType,
    name,
    breaks: trusting({
      Principal: {
        Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      },
    }),
    caughtBy: ["iam-roles-trust-chosen-repositories"],
  },
  {
    what: "a role that everyone may assume",
    type: roleType,
    name,
    breaks: trusting({ Principal: { AWS: "*" } }),
    caughtBy: ["iam-roles-trust-chosen-principals"],
  },
  {
    what: "a role that everyone except one role may assume",
    type: roleType,
    name,
    breaks: trusting({
      Principal: undefined,
      NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/thief" },
    }),
    caughtBy: ["iam-roles-trust-chosen-principals"],
  },
  {
    what: "a role that everyone in an account may assume",
    type: roleType,
    name,
    breaks: trusting({ Principal: { AWS: "210987654321" }, Condition: {} }),
    caughtBy: ["firehose-roles-serve-only-firehose", "iam-roles-trust-chosen-principals"],
  },
  {
    what: "a role whose trust policy allows every action of STS",
    type: roleType,
    name,
    breaks: trusting({ Action: "sts:*" }),
    caughtBy: ["iam-trust-actions-are-specific"],
  },
  {
    what: "a role that Firehose may assume for any account",
    type: roleType,
    name,
    breaks: trusting({ Condition: {} }),
    caughtBy: ["iam-services-act-for-chosen-accounts"],
  },
  {
    what: "a role that Firehose may assume for streams of any account",
    type: roleType,
    name,
    breaks: trusting({
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:firehose:*:*:deliverystream/*" } },
    }),
    caughtBy: ["iam-services-act-for-chosen-accounts"],
  },
  {
    what: "a role with an AWS managed policy",
    type: roleType,
    name,
    breaks: (props) => ({
      ...props,
      managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
    }),
    caughtBy: ["iam-roles-have-own-policies"],
  },
  {
    what: "a role that lists policies while other resources add policies",
    type: roleType,
    name,
    breaks: (props) => ({
      ...props,
      inlinePolicies: [
        {
          name: "read",
          policy: JSON.stringify({
            Statement: {
              Effect: "Allow",
              Action: "s3:GetObject",
              Resource: "arn:aws:s3:::events/*",
            },
          }),
        },
      ],
    }),
    caughtBy: ["iam-roles-are-managed-one-way"],
  },
  {
    what: "a role that is an administrator",
    type: roleType,
    name,
    becomes: (role) => [role, administers("RolePolicyAttachment", { role: name })],
    caughtBy: ["iam-attachments-grant-no-administration"],
  },
  {
    what: "a user with a policy",
    type: roleType,
    name,
    becomes: (role) => [role, administers("UserPolicyAttachment", { user: "me" })],
    caughtBy: ["iam-attachments-grant-no-administration", "iam-users-have-no-policies"],
  },
  {
    what: "a role of a delivery stream that another service may assume",
    type: roleType,
    name,
    breaks: trusting({ Principal: { Service: ["firehose.amazonaws.com", "glue.amazonaws.com"] } }),
    caughtBy: ["firehose-roles-serve-only-firehose"],
  },
  {
    what: "a role that may escalate its privileges with two policies",
    type: roleType,
    name,
    breaks: (props) => ({
      ...props,
      inlinePolicies: [policyFor("iam:PassRole"), policyFor("ec2:RunInstances")],
    }),
    caughtBy: [
      "iam-resources-are-specific",
      "iam-roles-are-managed-one-way",
      "iam-roles-are-passed-by-name",
      "iam-roles-grant-no-escalation",
    ],
    // The role's other policy, unknown so far, can contain a Deny.
    inPreview: [
      "iam-resources-are-specific",
      "iam-roles-are-managed-one-way",
      "iam-roles-are-passed-by-name",
    ],
  },
  {
    what: "a user, if the config allows none",
    type: roleType,
    name,
    becomes: (role) => [role, resource("aws:iam/user:User", "me", { name: "me" })],
    config: { "iam-users-are-not-declared": { enforcementLevel: "mandatory" } },
    caughtBy: ["iam-users-are-not-declared"],
  },
  {
    what: "inline policies, if the config allows only managed ones",
    type: roleType,
    name,
    breaks: (props) => props,
    config: { "iam-policies-are-not-inline": { enforcementLevel: "mandatory" } },
    caughtBy: ["iam-policies-are-not-inline"],
  },
];
