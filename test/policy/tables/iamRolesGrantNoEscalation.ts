import { iamRolesGrantNoEscalation } from "../../../policy/rules/iam/iamRolesGrantNoEscalation";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const allowing = (Action: string, Resource = "*") =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] });
const role = (props: object = {}): TestResource =>
  resource("aws:iam/role:Role", "app", { name: "app", ...props });
const inline = (policy: unknown, of: unknown = "app"): TestResource =>
  resource("aws:iam/rolePolicy:RolePolicy", "inline", { role: of, policy });
const managed = (policy: unknown): TestResource =>
  resource("aws:iam/policy:Policy", "managed", { policy });
const attached = (
  policy: TestResource,
  props: object = { role: "app" },
  type = "RolePolicyAttachment",
) =>
  resource(
    `aws:iam/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`,
    "attachment",
    { policyArn: unknown, ...props },
    { policyArn: policy },
  );
const passing = allowing("iam:PassRole");
const running = managed(allowing("ec2:RunInstances"));
const messages = [
  /The policies of the role together allow privilege escalation by iam:PassRole with ec2/,
];
const what = 'the policies of the role of "app"';

export const iamRolesGrantNoEscalationTable: PolicyTable = {
  policy: iamRolesGrantNoEscalation,
  pass: {
    "a role without policies": { resources: [role()] },
    "both actions in policies of different roles": {
      resources: [role(), inline(passing, "other"), running, attached(running)],
    },
    "actions that are no escalation together": {
      resources: [role(), inline(allowing("s3:GetObject")), running, attached(running)],
    },
    "a role that is passed by name": {
      resources: [
        role(),
        inline(allowing("iam:PassRole", "arn:aws:iam::123456789012:role/app")),
        running,
        attached(running),
      ],
    },
    "an escalation in one policy, which another rule reports": {
      resources: [role(), inline(allowing("iam:PutRolePolicy")), running, attached(running)],
    },
  },
  fail: {
    "an inline policy and an attached one": {
      resources: [role(), inline(passing), running, attached(running)],
      messages,
    },
    "two policies that the role lists": {
      resources: [
        role({
          inlinePolicies: [{ policy: passing }, { policy: allowing("ec2:RunInstances") }],
        }),
      ],
      messages,
    },
    "an inline policy and one that is attached to several roles": {
      resources: [
        role(),
        inline(passing),
        running,
        attached(running, { roles: ["other", "app"] }, "PolicyAttachment"),
      ],
      messages,
    },
    "an inline policy and one in a list of all attachments": {
      resources: [
        role(),
        inline(passing),
        managed(allowing("ec2:RunInstances")),
        resource(
          "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          "all",
          { roleName: "app", policyArns: [unknown] },
          { policyArns: running },
        ),
      ],
      messages,
    },
  },
  undecided: {
    "an unknown document": {
      resources: [role(), inline(passing), managed(unknown), attached(managed(unknown))],
      what,
    },
    "a policy of an unknown role": { resources: [role(), inline(passing, unknown)], what },
    "an attachment of an unknown policy": {
      resources: [
        role(),
        inline(passing),
        running,
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", {
          role: "app",
          policyArn: unknown,
        }),
      ],
      what,
    },
  },
  anyValuePasses: ["name"],
};
