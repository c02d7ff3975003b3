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
import { roles } from "../../stack/kinds";
import type { Referrers } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** One kind of policy, which a role can have in-line or by resources of their own. */
interface Way {
  readonly property: string;
  /** What tells one entry of the property from the others. */
  readonly idOf: (entry: Value) => Value | undefined;
  /** Resources that do the same, the property by which they name the role, and their id. */
  readonly resources: readonly (readonly [type: string, role: string, id: string])[];
  readonly named: string;
}

const ways: readonly Way[] = [
  {
    property: "inlinePolicies",
    idOf: (entry) => (isObject(entry) ? nameOrPolicy(entry) : entry),
    resources: [[rolePolicyType, "role", "name"]],
    named: "RolePolicy",
  },
  {
    property: "managedPolicyArns",
    idOf: (entry) => entry,
    resources: [
      [rolePolicyAttachmentType, "role", "policyArn"],
      [policyAttachmentType, "roles", "policyArn"],
    ],
    named: "RolePolicyAttachment or PolicyAttachment",
  },
];

/** AWS makes up a name where there is none. */
function nameOrPolicy({ name, policy }: ValueObject): Value | undefined {
  return name === undefined || name === "" ? policy : name;
}

export const iamRolesAreManagedOneWay = stackRule({
  name: "iam-roles-are-managed-one-way",
  title: "IAM roles are managed one way",
  description: "No role lists policies itself while other resources add policies of the same kind.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence", "reliability"] },
  remediationSteps:
    "Move what is in inlinePolicies into RolePolicy resources, and what is in managedPolicyArns into RolePolicyAttachment resources: a role that lists its policies takes all others off.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: [roleType],
  evaluate(role, verdict, _, stack) {
    for (const way of ways) {
      const { property, named } = way;
      const { certain, mayGrow } = others(role, way, stack);
      if (certain.length === 0 && !mayGrow) continue;
      const listed = listedByItself(role, way, certain);
      if (listed === false) continue;
      if (listed === UNKNOWN) verdict.undecided(property);
      else if (certain.length === 0) verdict.undecided("the policies");
      else {
        verdict.violation(
          `${property} of the role lists policies, and a ${named} adds others: keep one of the two.`,
        );
      }
    }
  },
});

interface Others extends Omit<Referrers, "certain"> {
  readonly certain: readonly { readonly resource: PolicyResource; readonly id: string }[];
}

function others(role: PolicyResource, { resources }: Way, stack: Stack): Others {
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
 * Whether a role lists a policy that no other resource gives it. After a refresh its outputs list
 * those of the others, too, which is no conflict; and an empty entry stands for none at all.
 */
function listedByItself(
  role: PolicyResource,
  { property, idOf }: Way,
  given: Others["certain"],
): boolean | typeof UNKNOWN {
  const entries = readEach(role.props, property).map(idOf);
  const ids = given.map(({ resource, id }) => readValue(resource.props, id));
  const isGiven = (entry: Value | undefined) => entry !== UNKNOWN && ids.includes(entry);
  const left = entries
    .filter((entry) => entry !== undefined && entry !== "")
    .filter((entry) => !isGiven(entry));
  if (left.length === 0) return false;
  return left.includes(UNKNOWN) || ids.includes(UNKNOWN) ? UNKNOWN : true;
}
