import {
  type GraphResource,
  type PropertyValue,
  type ResourceGraph,
  resourcesOfType,
  revealed,
  Unknown,
} from "../../engine/graph/resourceGraph";
import { declaredPolicy, declaredText, declaredValue, names, Unresolved } from "./declaredValue";
import type { IamPolicy } from "../../aws/iam/language/iamPolicy";

/** A role with all policies that decide what it may do, as a graph declares them. */
export interface DeclaredRole {
  /** Who may assume it. */
  readonly trust: IamPolicy | Unresolved;
  /** Its own policies and the managed ones that are attached to it. */
  readonly identity: readonly (IamPolicy | Unresolved)[];
  readonly boundary?: IamPolicy | Unresolved;
}

/** The roles that a graph declares, by their ARNs; a role that is only looked up is none of them. */
export function declaredRoles(graph: ResourceGraph): ReadonlyMap<string, DeclaredRole> {
  return new Map(
    resourcesOfType(graph, "aws:iam/role:Role").flatMap((role) => {
      const arn = declaredText(role, "arn");
      return role.external || arn === undefined ? [] : [[arn, declaredRole(graph, role)] as const];
    }),
  );
}

function declaredRole(graph: ResourceGraph, role: GraphResource): DeclaredRole {
  const boundary = role.inputs["permissionsBoundary"] ?? null;
  const trust = role.inputs["assumeRolePolicy"] ?? null;
  return {
    trust: declaredPolicy(`trust policy of the role ${role.name}`, trust),
    identity: [
      ...inlinePolicies(role),
      ...rolePolicies(graph, role),
      ...attachedPolicies(graph, role).map((arn) => managedPolicy(graph, arn)),
    ],
    ...(boundary !== null && { boundary: managedPolicy(graph, boundary) }),
  };
}

function inlinePolicies(role: GraphResource): (IamPolicy | Unresolved)[] {
  return listed(role.inputs["inlinePolicies"]).flatMap((inline, index) => {
    const name = `inline policy ${index + 1} of the role ${role.name}`;
    const { policy } = (revealed(inline) ?? {}) as { readonly policy?: PropertyValue };
    if (inline instanceof Unknown) return declaredPolicy(name, inline);
    // The provider takes an empty entry for "no inline policies".
    return policy === undefined || policy === null ? [] : declaredPolicy(name, policy);
  });
}

function rolePolicies(graph: ResourceGraph, role: GraphResource): (IamPolicy | Unresolved)[] {
  return resourcesOfType(graph, "aws:iam/rolePolicy:RolePolicy")
    .filter((policy) => names(policy, "role", identityOf(role)))
    .map((policy) => declaredPolicy(`role policy ${policy.name}`, policy.inputs["policy"] ?? null));
}

/** The ARNs of the managed policies of a role, in each of the ways to attach them. */
function attachedPolicies(graph: ResourceGraph, role: GraphResource): readonly PropertyValue[] {
  const attached = (type: string, roleProperty: string, policies: string): PropertyValue[] =>
    resourcesOfType(graph, type)
      .filter((attachment) => names(attachment, roleProperty, identityOf(role)))
      .flatMap((attachment) => listed(declaredValue(attachment, policies)));
  const shared = resourcesOfType(graph, "aws:iam/policyAttachment:PolicyAttachment")
    .filter(({ inputs }) => listed(inputs["roles"]).some((name) => isNamed(name, role)))
    .flatMap(({ inputs }) => listed(inputs["policyArn"]));
  const exclusive = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
  return [
    ...new Set([
      ...listed(role.inputs["managedPolicyArns"]),
      ...attached("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", "policyArn"),
      ...attached(exclusive, "roleName", "policyArns"),
      ...shared,
    ]),
  ];
}

function managedPolicy(graph: ResourceGraph, arn: PropertyValue): IamPolicy | Unresolved {
  const known = revealed(arn);
  if (typeof known !== "string")
    return new Unresolved("the ARN of a managed policy is not known before a deployment");
  const declared = resourcesOfType(graph, "aws:iam/policy:Policy").find(
    (policy) => !policy.external && declaredText(policy, "arn") === known,
  );
  return declared === undefined
    ? new Unresolved(`the managed policy ${known} is not declared here`)
    : declaredPolicy(`managed policy ${declared.name}`, declared.inputs["policy"] ?? null);
}

function identityOf(role: GraphResource): { urn: string; identifiers: string[] } {
  return { urn: role.urn, identifiers: [declaredText(role, "name") ?? role.name] };
}

function isNamed(name: PropertyValue, role: GraphResource): boolean {
  const known = revealed(name);
  return known instanceof Unknown || identityOf(role).identifiers.some((own) => own === known);
}

/** A value that is no list is its own only entry. */
function listed(value: PropertyValue | undefined): readonly PropertyValue[] {
  const known = revealed(value ?? null);
  if (known === null) return [];
  return Array.isArray(known) ? (known as readonly PropertyValue[]) : [known];
}
