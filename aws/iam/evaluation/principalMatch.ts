import type { CallerIdentity } from "../accessRequest";
import type { IamPrincipal, IamStatement } from "../language/iamPolicy";

/**
 * How a policy on a resource means a caller. It matters for what else has to allow a request: to
 * an account, a policy only delegates; what it gives to a role, the role's boundary limits.
 *
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests", "Resource-based
 * policies", and "AWS JSON policy elements: Principal".
 */
export type PrincipalMatch = "directly" | "as a role" | "as an account";

/** How an allowing statement means the caller; undefined if it does not. */
export function matchToAllow(
  { principals, notPrincipals }: IamStatement,
  caller: CallerIdentity,
): PrincipalMatch | undefined {
  if (notPrincipals)
    return principalMatches(notPrincipals, caller).size === 0 ? "directly" : undefined;
  const all = principalMatches(principals ?? [], caller);
  return (["directly", "as a role", "as an account"] as const).find((match) => all.has(match));
}

/**
 * Whether a denying statement means the caller. `NotPrincipal` spares a session only if session,
 * role and account are all named, and no role that has a permissions boundary.
 *
 * Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal" and "Permissions boundaries for
 * IAM entities".
 */
export function isMeantToDeny(
  { principals, notPrincipals }: IamStatement,
  caller: CallerIdentity,
  hasBoundary: boolean,
): boolean {
  if (!notPrincipals) return principalMatches(principals ?? [], caller).size > 0;
  if (notPrincipals.some(isEveryone)) return false;
  const spared = principalMatches(notPrincipals, caller);
  return hasBoundary || spared.size < (caller.kind === "service" ? 1 : 3);
}

function principalMatches(
  principals: readonly IamPrincipal[],
  caller: CallerIdentity,
): ReadonlySet<PrincipalMatch> {
  const all = principals.map((principal) => principalMatchOf(principal, caller));
  return new Set(all.filter((match) => match !== undefined));
}

function principalMatchOf(
  principal: IamPrincipal,
  caller: CallerIdentity,
): PrincipalMatch | undefined {
  if (isEveryone(principal)) return "directly";
  const { type, value } = principal;
  if (caller.kind === "service")
    return type === "Service" && value === caller.name ? "directly" : undefined;
  if (type !== "AWS") return undefined;
  if (value === caller.name) return "directly";
  if (value === caller.roleArn) return "as a role";
  return value === caller.account || value === caller.accountArn ? "as an account" : undefined;
}

function isEveryone({ type, value }: IamPrincipal): boolean {
  return type === "AWS" && value === "*";
}
