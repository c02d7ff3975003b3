import type { PolicyResource } from "@pulumi/policy";
import { UNKNOWN, isObject, readEach, readValue } from "../../reading/value";
import type { Value, ValueObject } from "../../reading/value";
import {
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyType,
  roleType,
} from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { type Referrers, roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** One kind of policy, which a role lists in a property or gets from other resources. */
interface PolicyKind {
  readonly property: string;
  /** What identifies an entry of the property. */
  readonly idOf: (entry: Value) => Value | undefined;
  /** The other resources: type, property that names the role, and property that identifies the policy. */
  readonly resources: readonly (readonly [type: string, role: string, id: string])[];
  /** The names of the other resources, for messages. */
  readonly resourceNames: string;
}

const policyKinds: readonly PolicyKind[] = [
  {
    property: "inlinePolicies",
    idOf: (entry) => (isObject(entry) ? nameOrPolicy(entry) : entry),
    resources: [[rolePolicyType, "role", "name"]],
    resourceNames: "RolePolicy",
  },
  {
    property: "managedPolicyArns",
    idOf: (entry) => entry,
    resources: [
      [rolePolicyAttachmentType, "role", "policyArn"],
      [policyAttachmentType, "roles", "policyArn"],
    ],
    resourceNames: "RolePolicyAttachment or PolicyAttachment",
  },
];

/** AWS generates a name for a policy without one. */
function nameOrPolicy({ name, policy }: ValueObject): Value | undefined {
  return name === undefined || name === "" ? policy : name;
}

export const iamRolesAreManagedOneWay = stackRule({
  name: "iam-roles-are-managed-one-way",
  title: "IAM roles are managed one way",
  description: "No role lists policies while other resources add policies of the same kind.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence", "reliability"] },
  remediationSteps:
    "Move the entries of inlinePolicies to RolePolicy resources, and those of managedPolicyArns to RolePolicyAttachment resources: a role that lists its policies removes all others.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: [roleType],
  onlyAwsProvider: true,
  evaluate(role, verdict, _, stack) {
    for (const kind of policyKinds) {
      const { property, resourceNames } = kind;
      const { certain, mayGrow } = addedPolicies(role, kind, stack);
      if (certain.length === 0 && !mayGrow) continue;
      const listed = listsOthers(role, kind, certain);
      if (listed === false) continue;
      if (listed === UNKNOWN) verdict.undecided(property);
      else if (certain.length === 0) verdict.undecided("the policies");
      else {
        verdict.violation(
          `${property} of the role lists policies, and a ${resourceNames} adds others: use only one of them.`,
        );
      }
    }
  },
});

interface AddedPolicies extends Omit<Referrers, "certain"> {
  readonly certain: readonly { readonly resource: PolicyResource; readonly id: string }[];
}

function addedPolicies(
  role: PolicyResource,
  { resources }: PolicyKind,
  stack: Stack,
): AddedPolicies {
  const found = resources.map(([type, path, id]) => {
    const { certain, mayGrow } = stack.referrers(role, roles, [type], path);
    return { certain: certain.map((resource) => ({ resource, id })), mayGrow };
  });
  return {
    certain: found.flatMap(({ certain }) => certain),
    mayGrow: found.some(({ mayGrow }) => mayGrow),
  };
}

/**
 * Whether a role lists a policy that no other resource adds. After a refresh, the outputs of a role
 * also list the policies that other resources add, which is not a conflict. An empty entry is not a
 * policy.
 */
function listsOthers(
  role: PolicyResource,
  { property, idOf }: PolicyKind,
  added: AddedPolicies["certain"],
): boolean | typeof UNKNOWN {
  const entries = readEach(role.props, property).map(idOf);
  const ids = added.map(({ resource, id }) => readValue(resource.props, id));
  const isAdded = (entry: Value | undefined) => entry !== UNKNOWN && ids.includes(entry);
  const others = entries
    .filter((entry) => entry !== undefined && entry !== "")
    .filter((entry) => !isAdded(entry));
  if (others.length === 0) return false;
  return others.includes(UNKNOWN) || ids.includes(UNKNOWN) ? UNKNOWN : true;
}
