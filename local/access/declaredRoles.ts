import type { IamPolicy } from "../../aws/iam/language/iamPolicy";
import {
  type GraphResource,
  type PropertyValue,
  type ResourceGraph,
  resourcesOfType,
  revealed,
  Unknown,
} from "../../engine/graph/resourceGraph";
import {
  declaredPolicy,
  declaredString,
  declaredValue,
  refersTo,
  Unresolved,
} from "./declaredValue";

/** A role and all its policies, as a graph declares them. */
export interface DeclaredRole {
  /** Trust policy: the callers that may assume the role. */
  readonly trust: IamPolicy | Unresolved;
  /** Inline policies and attached managed policies. */
  readonly identity: readonly (IamPolicy | Unresolved)[];
  readonly boundary?: IamPolicy | Unresolved;
}

/** ARN -> role, for all roles that a graph declares; roles that it only looks up are left out. */
export function declaredRoles(graph: ResourceGraph): ReadonlyMap<string, DeclaredRole> {
  return new Map(
    resourcesOfType(graph, "aws:iam/role:Role").flatMap((role) => {
      const arn = declaredString(role, "arn");
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
    // The provider treats an empty entry as "no inline policies".
    return policy === undefined || policy === null ? [] : declaredPolicy(name, policy);
  });
}

function rolePolicies(graph: ResourceGraph, role: GraphResource): (IamPolicy | Unresolved)[] {
  return resourcesOfType(graph, "aws:iam/rolePolicy:RolePolicy")
    .filter((policy) => refersTo(policy, "role", targetOf(role)))
    .map((policy) => declaredPolicy(`role policy ${policy.name}`, policy.inputs["policy"] ?? null));
}

/** The ARNs of the managed policies of a role, for each way to attach them. */
function attachedPolicies(graph: ResourceGraph, role: GraphResource): readonly PropertyValue[] {
  const attached = (type: string, roleProperty: string, policyProperty: string): PropertyValue[] =>
    resourcesOfType(graph, type)
      .filter((attachment) => refersTo(attachment, roleProperty, targetOf(role)))
      .flatMap((attachment) => listed(declaredValue(attachment, policyProperty)));
  const shared = resourcesOfType(graph, "aws:iam/policyAttachment:PolicyAttachment")
    .filter(({ inputs }) => listed(inputs["roles"]).some((name) => isNameOf(role, name)))
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
  const knownArn = revealed(arn);
  if (typeof knownArn !== "string")
    return new Unresolved("the ARN of a managed policy is unknown until deployment");
  const declared = resourcesOfType(graph, "aws:iam/policy:Policy").find(
    (policy) => !policy.external && declaredString(policy, "arn") === knownArn,
  );
  return declared === undefined
    ? new Unresolved(`the managed policy ${knownArn} is not declared here`)
    : declaredPolicy(`managed policy ${declared.name}`, declared.inputs["policy"] ?? null);
}

function targetOf(role: GraphResource): { urn: string; identifiers: string[] } {
  return { urn: role.urn, identifiers: [declaredString(role, "name") ?? role.name] };
}

/** An unknown name may be that of any role. */
function isNameOf(role: GraphResource, name: PropertyValue): boolean {
  const value = revealed(name);
  return (
    value instanceof Unknown || targetOf(role).identifiers.some((roleName) => roleName === value)
  );
}

/** A single value as a list of one. */
function listed(value: PropertyValue | undefined): readonly PropertyValue[] {
  const list = revealed(value ?? null);
  if (list === null) return [];
  return Array.isArray(list) ? (list as readonly PropertyValue[]) : [list];
}
