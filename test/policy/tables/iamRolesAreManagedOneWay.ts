import { iamRolesAreManagedOneWay } from "../../../policy/rules/iam/iamRolesAreManagedOneWay";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";

const own = "arn:aws:iam::123456789012:policy/lake-writer";
const other = "arn:aws:iam::123456789012:policy/lake-reader";

const role = (props: object): TestResource =>
  resource("aws:iam/role:Role", "role", { name: "role", ...props });
const rolePolicy = (props: object = {}): TestResource =>
  resource("aws:iam/rolePolicy:RolePolicy", "policy", {
    role: "role",
    name: "write",
    policy: "{}",
    ...props,
  });
const attachment = (props: object = {}): TestResource =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment", {
    role: "role",
    policyArn: own,
    ...props,
  });
const inline = (...names: readonly unknown[]) => ({
  inlinePolicies: names.map((name) => ({ name, policy: "{}" })),
});

export const iamRolesAreManagedOneWayTable: PolicyTable = {
  policy: iamRolesAreManagedOneWay,
  pass: {
    "a role without policies": { resources: [role({})] },
    "a role with policies of both kinds in-line": {
      resources: [role({ ...inline("read"), managedPolicyArns: [own] })],
    },
    "a role with policies of both kinds in other resources": {
      resources: [role({}), rolePolicy(), attachment()],
    },
    "one kind in the role and the other in other resources": {
      resources: [role({ managedPolicyArns: [own] }), rolePolicy()],
    },
    "other resources of another role": {
      resources: [
        role({ ...inline("read"), managedPolicyArns: [own] }),
        rolePolicy({ role: "another" }),
        attachment({ role: "another" }),
      ],
    },
    "outputs that list what resources add": {
      resources: [
        role({ ...inline("write"), managedPolicyArns: [own] }),
        rolePolicy(),
        attachment(),
      ],
    },
    "outputs with an empty entry": {
      resources: [role({ inlinePolicies: [{ name: "", policy: "" }] }), rolePolicy()],
    },
  },
  fail: {
    "in-line policies and a RolePolicy": {
      resources: [role(inline("read", "write")), rolePolicy()],
      messages: [/inlinePolicies of the role lists policies, and a RolePolicy adds others: use/],
    },
    "an in-line policy without a name": {
      resources: [role({ inlinePolicies: [{ policy: '{"Statement":[]}' }] }), rolePolicy()],
      messages: [/inlinePolicies/],
    },
    "managed policies and a RolePolicyAttachment": {
      resources: [role({ managedPolicyArns: [other] }), attachment()],
      messages: [/managedPolicyArns of the role lists policies, and a RolePolicyAttachment or/],
    },
    "managed policies and a PolicyAttachment": {
      resources: [
        role({ managedPolicyArns: [other] }),
        resource("aws:iam/policyAttachment:PolicyAttachment", "shared", {
          roles: ["another", "role"],
          policyArn: own,
        }),
      ],
      messages: [/managedPolicyArns/],
    },
    "a RolePolicy of a role that will be created": {
      resources: [
        role({ ...inline("read"), name: unknown }),
        resource(
          "aws:iam/rolePolicy:RolePolicy",
          "policy",
          { role: unknown, name: "write" },
          { role: role({}) },
        ),
      ],
      messages: [/inlinePolicies/],
    },
  },
  undecided: {
    "unknown in-line policies": {
      resources: [role({ inlinePolicies: unknown }), rolePolicy()],
      what: 'inlinePolicies of "role"',
    },
    "a policy with an unknown role": {
      resources: [role(inline("read")), rolePolicy({ role: unknown })],
      what: 'the policies of "role"',
    },
    "an attachment with an unknown policy": {
      resources: [role({ managedPolicyArns: [other] }), attachment({ policyArn: unknown })],
      what: 'managedPolicyArns of "role"',
    },
  },
};
