import type { Grant } from "../decision";
import type { PrincipalMatch } from "./principalMatch";

/** What allows a request, after it is clear that nothing denies it. */
export interface Grants {
  /** By a policy of the calling role. */
  readonly identity: Grant | undefined;
  /** Whether the role's permissions boundary allows it, or the role has none. */
  readonly withinBoundary: boolean;
  /** By the policy on the resource. */
  readonly resource: ReadonlyMap<PrincipalMatch, Grant>;
}

/** The kind of policy that denies a request, or would have to allow it and does not. */
export type PolicyKind = "identity-based policy" | "permissions boundary" | "resource-based policy";

/** The grants that were needed, or what lacked. */
export type GrantResult = { readonly needed: readonly Grant[] } | { readonly lacking: PolicyKind };

/** A service has no policies of its own: the resource's must name it. */
export function grantsForService({ resource }: Grants): GrantResult {
  return neededOr("resource-based policy", resource.get("directly"));
}

/** Across accounts, each of the two accounts has to allow it. */
export function grantsAcrossAccounts({ identity, withinBoundary, resource }: Grants): GrantResult {
  if (!identity) return { lacking: "identity-based policy" };
  if (!withinBoundary) return { lacking: "permissions boundary" };
  const [grant] = resource.values();
  return grant ? { needed: [identity, grant] } : { lacking: "resource-based policy" };
}

/**
 * Within an account, the role's policies or the resource's are enough. To name the account is to
 * leave it to the role's policies, so it adds nothing to them.
 */
export function grantsWithinAccount(grants: Grants): GrantResult {
  const { identity, withinBoundary } = grants;
  if (identity && withinBoundary) return { needed: [identity] };
  return grantedByResource(grants) ?? lackingOfRole(grants);
}

/**
 * Within an account, for a key or a role to assume: nothing is allowed but by its own policy,
 * which either names the caller or leaves it to the policies of the caller's role.
 *
 * Source: AWS KMS Developer Guide, "Key policies"; IAM User Guide, "How AWS enforcement code logic
 * evaluates requests".
 */
export function grantsWhereResourceDecides(grants: Grants): GrantResult {
  const { identity, withinBoundary, resource } = grants;
  const delegation = resource.get("as an account");
  if (identity && withinBoundary && delegation) return { needed: [identity, delegation] };
  if (resource.size === 0) return { lacking: "resource-based policy" };
  return grantedByResource(grants) ?? lackingOfRole(grants);
}

/** What names the session holds without the role's policies and boundary. */
function grantedByResource({ withinBoundary, resource }: Grants): GrantResult | undefined {
  const grant =
    resource.get("directly") ?? (withinBoundary ? resource.get("as a role") : undefined);
  return grant && { needed: [grant] };
}

function lackingOfRole({ identity, withinBoundary, resource }: Grants): GrantResult {
  const limited = !withinBoundary && (identity !== undefined || resource.has("as a role"));
  return { lacking: limited ? "permissions boundary" : "identity-based policy" };
}

function neededOr(lacking: PolicyKind, grant: Grant | undefined): GrantResult {
  return grant ? { needed: [grant] } : { lacking };
}
