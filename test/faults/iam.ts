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

export const iamFaults: readonly Fault[] = [
  {
    what: "a role that may do everything",
    type: policyType,
    name,
    breaks: allowing({ Action: "*", Resource: "*" }),
    caughtBy: ["iam-actions-are-specific", "iam-policies-grant-no-administration", anyResource],
  },
  {
    what: "a role that may do everything with its source",
    type: policyType,
    name,
    breaks: (props) => withDocument(props, (statement) => ({ ...statement, Action: "kinesis:*" })),
    inPreview: "undecided",
    caughtBy: ["iam-actions-are-specific"],
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
    caughtBy: [
      "iam-actions-are-specific",
      "iam-allows-have-no-exclusions",
      "iam-policies-grant-no-administration",
      "iam-policies-grant-no-escalation",
      anyResource,
      "iam-roles-are-passed-by-name",
    ],
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
    caughtBy: ["iam-roles-trust-chosen-principals"],
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
];
