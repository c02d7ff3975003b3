import { iamAttachmentsGrantNoAdministration } from "../../../policy/rules/iam/iamAttachmentsGrantNoAdministration";
import { iamPoliciesAreNotInline } from "../../../policy/rules/iam/iamPoliciesAreNotInline";
import { iamUsersAreNotDeclared } from "../../../policy/rules/iam/iamUsersAreNotDeclared";
import { iamUsersHaveNoPolicies } from "../../../policy/rules/iam/iamUsersHaveNoPolicies";
import { resource, secret, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const administration = "arn:aws:iam::aws:policy/AdministratorAccess";
const own = "arn:aws:iam::123456789012:policy/AdministratorAccess";
const iam = (type: string, props: object): readonly TestResource[] => [
  resource(`aws:iam/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, "identity", {
    ...props,
  }),
];
const attachment = (policyArn: unknown, type = "UserPolicyAttachment") => iam(type, { policyArn });
const isAdministration = [
  /policyArn is AdministratorAccess: attach a policy with specific actions/,
];

export const iamAttachmentsGrantNoAdministrationTable: PolicyTable = {
  policy: iamAttachmentsGrantNoAdministration,
  pass: {
    "another policy of AWS": { resources: attachment("arn:aws:iam::aws:policy/ReadOnlyAccess") },
    "a policy of the account with the same name": { resources: attachment(own) },
    "a role without policies": { resources: iam("Role", {}) },
  },
  fail: {
    ...Object.fromEntries(
      [
        "UserPolicyAttachment",
        "GroupPolicyAttachment",
        "RolePolicyAttachment",
        "PolicyAttachment",
      ].map(
        (type) =>
          [
            `administration by a ${type}`,
            { resources: attachment(administration, type), messages: isAdministration },
          ] as const,
      ),
    ),
    "administration in another partition": {
      resources: attachment("arn:aws-us-gov:iam::aws:policy/AdministratorAccess"),
      messages: isAdministration,
    },
    "administration in a secret": {
      resources: attachment(secret(administration)),
      messages: isAdministration,
    },
    "administration in lists": {
      resources: [
        ...iam("Role", { managedPolicyArns: [own, administration] }),
        ...iam("GroupPolicyAttachmentsExclusive", { policyArns: [administration] }),
      ],
      messages: [
        /managedPolicyArns\[1\] is AdministratorAccess/,
        /policyArns\[0\] is Administrator/,
      ],
    },
  },
  undecided: {
    "a policy that will be created": { resources: attachment(unknown), what: "policyArn" },
    "an unknown list": {
      resources: iam("Role", { managedPolicyArns: unknown }),
      what: "managedPolicyArns",
    },
  },
};

const belongsToUser = [/The policy belongs to a user: attach it to a group or a role/];

export const iamUsersHaveNoPoliciesTable: PolicyTable = {
  policy: iamUsersHaveNoPolicies,
  pass: {
    "a policy of groups and roles": {
      resources: iam("PolicyAttachment", { groups: ["team"], roles: ["app"] }),
    },
    "a user whose attachments are managed, and who has none": {
      resources: iam("UserPolicyAttachmentsExclusive", { userName: "me", policyArns: [] }),
    },
  },
  fail: {
    "an inline policy": { resources: iam("UserPolicy", { user: "me" }), messages: belongsToUser },
    "an attachment": { resources: attachment(own), messages: belongsToUser },
    "a policy of users": {
      resources: iam("PolicyAttachment", { users: ["me"] }),
      messages: belongsToUser,
    },
    "a list of all attachments": {
      resources: iam("UserPolicyAttachmentsExclusive", { policyArns: [unknown] }),
      messages: belongsToUser,
    },
  },
  undecided: {
    "a policy of unknown users": {
      resources: iam("PolicyAttachment", { users: unknown }),
      what: "users",
    },
    "an unknown list of attachments": {
      resources: iam("UserPolicyAttachmentsExclusive", { policyArns: unknown }),
      what: "policyArns",
    },
  },
  anyValuePasses: [],
};

const isUser = [/The resource is an IAM user, with long-term credentials: use a role/];

export const iamUsersAreNotDeclaredTable: PolicyTable = {
  policy: iamUsersAreNotDeclared,
  pass: {
    "a user that the config allows": {
      resources: iam("User", { name: "break-glass-1" }),
      config: { allowedUsers: ["break-glass-*"] },
    },
  },
  fail: {
    "a user": { resources: iam("User", { name: "me" }), messages: isUser },
    "a user without a name": {
      resources: iam("User", {}),
      config: { allowedUsers: ["*"] },
      messages: isUser,
    },
    "a user that the config does not allow": {
      resources: iam("User", { name: secret("me") }),
      config: { allowedUsers: ["you"] },
      messages: isUser,
    },
  },
  undecided: {
    "an unknown name that the config may allow": {
      resources: iam("User", { name: unknown }),
      config: { allowedUsers: ["break-glass"] },
      what: "name",
    },
  },
};

const isInline = [/The policy is inline: declare a managed policy, and attach it/];

export const iamPoliciesAreNotInlineTable: PolicyTable = {
  policy: iamPoliciesAreNotInline,
  pass: {
    "a role without inline policies": { resources: iam("Role", {}) },
    "a role with an empty list": { resources: iam("Role", { inlinePolicies: [] }) },
  },
  fail: {
    "an inline policy of a role": { resources: iam("RolePolicy", {}), messages: isInline },
    "an inline policy of a user": { resources: iam("UserPolicy", {}), messages: isInline },
    "an inline policy of a group": { resources: iam("GroupPolicy", {}), messages: isInline },
    "a role that lists inline policies": {
      resources: iam("Role", { inlinePolicies: [{ name: "inline", policy: unknown }] }),
      messages: [/inlinePolicies is not empty: declare managed policies, and attach them/],
    },
  },
  undecided: {
    "unknown inline policies": {
      resources: iam("Role", { inlinePolicies: unknown }),
      what: "inlinePolicies",
    },
  },
};
