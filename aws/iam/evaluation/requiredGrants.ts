import type { Grant } from "../decision";
import type { PrincipalMatch } from "./principalMatch";

/** The grants found for a request that no policy denies. */
export interface Grants {
  /** From a policy of the calling role. */
  readonly identity: Grant | undefined;
  /** Whether the role has no permissions boundary, or its boundary allows the request. */
  readonly withinBoundary: boolean;
  /** From the resource-based policy. */
  readonly resource: ReadonlyMap<PrincipalMatch, Grant>;
}

/** The kind of policy that denies a request, or that must allow it and does not. */
export type PolicyKind = "identity-based policy" | "permissions boundary" | "resource-based policy";

/** The grants that a request needed, or the kind of policy in which a grant is missing. */
export type GrantResult = { readonly needed: readonly Grant[] } | { readonly missing: PolicyKind };

/** A service has no identity-based policies, so the resource-based policy must name it. */
export function grantsForService({ resource }: Grants): GrantResult {
  const grant = resource.get("directly");
  return grant ? { needed: [grant] } : { missing: "resource-based policy" };
}

/** Across accounts, both accounts must allow the request. */
export function grantsAcrossAccounts({ identity, withinBoundary, resource }: Grants): GrantResult {
  if (!identity) return { missing: "identity-based policy" };
  if (!withinBoundary) return { missing: "permissions boundary" };
  const [grant] = resource.values();
  return grant ? { needed: [identity, grant] } : { missing: "resource-based policy" };
}

/**
 * Within an account, either the role's policies or the resource-based policy is enough. A resource
 * that names the account delegates to the role's policies, so it adds nothing to them.
 */
export function grantsWithinAccount(grants: Grants): GrantResult {
  const { identity, withinBoundary } = grants;
  if (identity && withinBoundary) return { needed: [identity] };
  return grantedByResource(grants) ?? missingForRole(grants);
}

/**
 * Within an account, for a key or a role to assume: the resource-based policy must allow the
 * request. It either names the caller or delegates to the policies of the caller's role.
 *
 * Source: AWS KMS Developer Guide, "Key policies"; IAM User Guide, "How AWS enforcement code logic
 * evaluates requests".
 */
export function grantsWhereResourceDecides(grants: Grants): GrantResult {
  const { identity, withinBoundary, resource } = grants;
  const delegation = resource.get("as an account");
  if (identity && withinBoundary && delegation) return { needed: [identity, delegation] };
  if (resource.size === 0) return { missing: "resource-based policy" };
  return grantedByResource(grants) ?? missingForRole(grants);
}

/** A grant to the session itself applies regardless of the role's policies and boundary. */
function grantedByResource({ withinBoundary, resource }: Grants): GrantResult | undefined {
  const grant =
    resource.get("directly") ?? (withinBoundary ? resource.get("as a role") : undefined);
  return grant && { needed: [grant] };
}

function missingForRole({ identity, withinBoundary, resource }: Grants): GrantResult {
  const limited = !withinBoundary && (identity !== undefined || resource.has("as a role"));
  return { missing: limited ? "permissions boundary" : "identity-based policy" };
}
