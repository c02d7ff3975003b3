import type { PolicyResource } from "@pulumi/policy";
import {
  deliveryStreamType,
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyType,
} from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { declaredRoles } from "./rolePaths";

/** Resource types that grant permissions to a role, with the property that names the role. */
const grants: readonly (readonly [types: readonly string[], path: string])[] = [
  [[rolePolicyType, rolePolicyAttachmentType], "role"],
  [[policyAttachmentType], "roles"],
];

export const firehoseWaitsForRolePolicies = stackRule({
  name: "firehose-waits-for-role-policies",
  title: "Delivery streams wait for the policies of their roles",
  description: "Every delivery stream is created after all policies of its roles.",
  severity: "medium",
  references: { wellArchitected: ["reliability"] },
  remediationSteps:
    "Add the policies and policy attachments of its roles to the delivery stream's option dependsOn: AWS checks the roles when it creates a delivery stream.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const declared = declaredRoles(resource, verdict, stack);
    const found = declared.map((role) => grantsOf(role, stack));
    if (found.some(({ mayGrow }) => mayGrow)) verdict.undecided("the policies of the roles");
    const awaited = everythingBefore(resource);
    const late = new Set(found.flatMap(({ certain }) => certain));
    for (const policy of awaited) late.delete(policy);
    if (late.size > 0) {
      const names = [...late].map(inWords).join(", ");
      verdict.violation(
        `The delivery stream does not wait for ${names} of its roles: add them to dependsOn.`,
      );
    }
  },
});

/** With the type, because a role and its policies often have the same name: `RolePolicy "delivery"`. */
function inWords({ type, name }: PolicyResource): string {
  return `${type.replace(/^.*:/, "")} "${name}"`;
}

function grantsOf(
  role: PolicyResource,
  stack: Stack,
): { readonly certain: readonly PolicyResource[]; readonly mayGrow: boolean } {
  const found = grants.map(([types, path]) => stack.referrers(role, roles, types, path));
  return {
    certain: found.flatMap(({ certain }) => certain),
    mayGrow: found.some(({ mayGrow }) => mayGrow),
  };
}

/** The direct and indirect dependencies of a resource. */
function everythingBefore(resource: PolicyResource): ReadonlySet<PolicyResource> {
  const before = new Set([resource]);
  // A set may grow during iteration: added entries are visited, too.
  for (const { dependencies, propertyDependencies } of before) {
    const direct = [...dependencies, ...Object.values(propertyDependencies).flat()];
    for (const dependency of direct) before.add(dependency);
  }
  return before;
}
