import { iamRolesHaveOwnPolicies } from "../../../policy/rules/iam/iamRolesHaveOwnPolicies";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const kinesis = "arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole";
const own = "arn:aws:iam::123456789012:policy/lake-writer";
const ownFull = "arn:aws:iam::123456789012:policy/team/LakeFullAccess";

const attachment = (policyArn: unknown): readonly TestResource[] => [
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", {
    role: "role",
    policyArn,
  }),
];
const role = (managedPolicyArns: unknown): readonly TestResource[] => [
  resource("aws:iam/role:Role", "role", { managedPolicyArns }),
];
const shared = (props: object): readonly TestResource[] => [
  resource("aws:iam/policyAttachment:PolicyAttachment", "shared", {
    policyArn: readOnly,
    ...props,
  }),
];
const allOf = (policyArns: unknown): readonly TestResource[] => [
  resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "all", {
    roleName: "role",
    policyArns,
  }),
];

export const iamRolesHaveOwnPoliciesTable: PolicyTable = {
  policy: iamRolesHaveOwnPolicies,
  pass: {
    "a customer-managed policy": { resources: attachment(own) },
    "a role without managed policies": { resources: role(undefined) },
    "a role with policies that is customer-managed": {
      resources: [...role([own]), ...allOf([own])],
    },
    "AWS managed policies that are narrow": {
      resources: [
        ...attachment(basic),
        ...role(["arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess"]),
      ],
    },
    "administration, which another rule reports": {
      resources: attachment("arn:aws:iam::aws:policy/AdministratorAccess"),
    },
    "policies that a pattern of the config allows": {
      resources: [...attachment(kinesis), ...role([ownFull])],
      config: { allowedPolicies: ["service-role/*", "team/Lake????Access"] },
    },
    "policies that the config allows": {
      resources: [...attachment(kinesis), ...role([ownFull])],
      config: {
        allowedPolicies: ["service-role/AWSLambdaKinesisExecutionRole", "team/LakeFullAccess"],
      },
    },
  },
  fail: {
    "an AWS managed policy": {
      resources: attachment(readOnly),
      messages: [/policyArn is an AWS managed policy: use a policy with only what the role needs/],
    },
    "the name of a narrow policy in another path": {
      resources: attachment("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole"),
      messages: [/policyArn is an AWS managed policy/],
    },
    "an AWS managed policy in another partition": {
      resources: attachment("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"),
      messages: [/policyArn is an AWS managed policy/],
    },
    "AWS managed policies of a role": {
      resources: role([own, readOnly, kinesis]),
      messages: [/managedPolicyArns\[1\] is an AWS/, /managedPolicyArns\[2\] is an AWS/],
    },
    "AWS managed policies in an exclusive attachment": {
      resources: allOf([readOnly]),
      messages: [/policyArns\[0\] is an AWS managed policy/],
    },
    "an AWS managed policy of several roles": {
      resources: shared({ roles: ["role"] }),
      messages: [/policyArn is an AWS managed policy/],
    },
    "a customer-managed policy for full access": {
      resources: attachment(ownFull),
      messages: [/policyArn is a policy for full access, according to its name/],
    },
    "a policy that the config does not allow": {
      resources: attachment(kinesis),
      config: { allowedPolicies: ["AWSLambdaKinesisExecutionRole"] },
      messages: [/AWS managed policy/],
    },
  },
  undecided: {
    "a policy that will be created": { resources: attachment(unknown), what: "policyArn" },
    "an unknown policy of a role, while reporting the known policy": {
      resources: role([unknown, readOnly]),
      what: "managedPolicyArns",
      messages: [/managedPolicyArns\[1\]/],
    },
    "an AWS managed policy of unknown roles": {
      resources: shared({ roles: unknown }),
      what: "roles",
    },
  },
  notApplicable: {
    "a policy for users": {
      resources: shared({ users: ["me"] }),
      reason: /not attached to a role/,
    },
    "a policy without roles": {
      resources: shared({ roles: [] }),
      reason: /not attached to a role/,
    },
  },
};
