import { type DeployedTypes, partOf, providerFile } from "../deployedType";

const role = "arn:{partition}:iam::{account}:role{path}{name}";
const policy = "arn:{partition}:iam::{account}:policy{path}{name}";

const withBoundary = { StringLike: { "iam:PermissionsBoundary": "{permissionsBoundary}" } };

export const iamTypes: DeployedTypes = {
  "aws:iam/role:Role": {
    source: providerFile("iam/role.go"),
    calls: [
      {
        on: role,
        create: ["iam:CreateRole", "iam:TagRole"],
        read: [
          "iam:GetRole",
          "iam:ListRolePolicies",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
        ],
        update: [
          "iam:UpdateRole",
          "iam:UpdateRoleDescription",
          "iam:UpdateAssumeRolePolicy",
          "iam:TagRole",
          "iam:UntagRole",
        ],
        delete: ["iam:ListInstanceProfilesForRole", "iam:DeleteRole"],
      },
      {
        on: role,
        when: "permissionsBoundary",
        create: ["iam:PutRolePermissionsBoundary"],
        update: ["iam:PutRolePermissionsBoundary"],
        condition: withBoundary,
      },
      {
        on: role,
        when: "inlinePolicies",
        create: ["iam:PutRolePolicy"],
        update: ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
        delete: ["iam:DeleteRolePolicy"],
      },
      {
        on: role,
        when: "managedPolicyArns",
        create: ["iam:AttachRolePolicy"],
        update: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        delete: ["iam:DetachRolePolicy"],
      },
      {
        on: role,
        when: "forceDetachPolicies",
        delete: ["iam:DetachRolePolicy", "iam:DeleteRolePolicy"],
      },
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    source: providerFile("iam/role_policy.go"),
    calls: partOf(
      { role: "role" },
      {
        read: ["iam:GetRolePolicy"],
        put: ["iam:PutRolePolicy"],
        remove: ["iam:DeleteRolePolicy"],
      },
    ),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: providerFile("iam/role_policy_attachment.go"),
    calls: [
      { on: { role: "role" }, read: ["iam:ListAttachedRolePolicies"] },
      {
        on: { role: "role" },
        create: ["iam:AttachRolePolicy"],
        delete: ["iam:DetachRolePolicy"],
        condition: { ArnLike: { "iam:PolicyARN": "{policyArn}" } },
      },
    ],
  },
  "aws:iam/policy:Policy": {
    source: providerFile("iam/policy.go"),
    calls: [
      {
        on: policy,
        create: ["iam:CreatePolicy", "iam:TagPolicy"],
        read: ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
        update: [
          "iam:CreatePolicyVersion",
          "iam:DeletePolicyVersion",
          "iam:TagPolicy",
          "iam:UntagPolicy",
        ],
        delete: ["iam:DeletePolicyVersion", "iam:DeletePolicy"],
      },
    ],
  },
};
