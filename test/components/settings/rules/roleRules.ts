import { arns, type RejectedArgs, type Rule } from "./rule";

const { roleArn, boundaryArn } = arns;

const roles = (
  setting: string,
  value: string,
  allowed: RegExp,
  suggests = false,
): RejectedArgs => ({
  args: { roles: { [setting]: value } },
  path: `roles.${setting}`,
  reason: /^is "/,
  allowed,
  ...(suggests && { fix: "suggestion" }),
});
const path = /^\/, or up to 400 letters, digits/;
const boundary = /^an ARN such as arn:aws:iam::123456789012:policy\//;

export const roleRules: readonly Rule[] = [
  {
    rule: "a role's path begins and ends with a slash, and fits into an ARN that Firehose accepts",
    source: "IAM API, CreateRole (Path); Firehose API, RoleARN: pattern and 512 characters",
    accepted: ["/", "/delivery/", "/a_b+c=d,e.f@g-h/i/", `/${"p".repeat(398)}/`].map((path) => ({
      roles: { path },
    })),
    rejected: [
      "",
      "delivery",
      "/delivery",
      "delivery/",
      "/a b/",
      "/a!b/",
      `/${"p".repeat(399)}/`,
    ].map((value) => roles("path", value, path, true)),
  },
  {
    rule: "a permissions boundary is the ARN of a policy",
    source: "IAM API, CreateRole (PermissionsBoundary)",
    accepted: [
      boundaryArn,
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      "arn:aws-us-gov:iam::123456789012:policy/a/b",
    ].map((permissionsBoundaryArn) => ({ roles: { permissionsBoundaryArn } })),
    rejected: [
      "DeliveryBoundary",
      roleArn,
      "arn:aws:iam::123456789012:policy/",
      "arn:aws:iam::123456789012:policy/a/",
      "arn:aws:iam::amazon:policy/a",
    ].map((value) => roles("permissionsBoundaryArn", value, boundary)),
  },
];
