import type { CallerIdentity } from "../accessRequest";
import type { IamPrincipal, IamStatement } from "../language/iamPolicy";

/**
 * How a resource-based policy matches a caller. The match determines what else must allow a
 * request: a grant to an account only delegates to that account's policies, and a grant to a role
 * is limited by the role's permissions boundary.
 *
 * Source: IAM User Guide, "How AWS enforcement code logic evaluates requests", "Resource-based
 * policies", and "AWS JSON policy elements: Principal".
 */
export type PrincipalMatch = "directly" | "as a role" | "as an account";

/** How an Allow statement matches the caller; undefined if it does not. */
export function allowMatch(
  { principals, notPrincipals }: IamStatement,
  caller: CallerIdentity,
): PrincipalMatch | undefined {
  if (notPrincipals)
    return principalMatches(notPrincipals, caller).size === 0 ? "directly" : undefined;
  const all = principalMatches(principals ?? [], caller);
  return (["directly", "as a role", "as an account"] as const).find((match) => all.has(match));
}

/**
 * Whether a Deny statement applies to the caller. `NotPrincipal` exempts a session only if it names
 * the session, the role and the account; it never exempts a role that has a permissions boundary.
 *
 * Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal" and "Permissions boundaries for
 * IAM entities".
 */
export function deniesCaller(
  { principals, notPrincipals }: IamStatement,
  caller: CallerIdentity,
  hasBoundary: boolean,
): boolean {
  if (!notPrincipals) return principalMatches(principals ?? [], caller).size > 0;
  if (notPrincipals.some(isEveryone)) return false;
  const exempted = principalMatches(notPrincipals, caller);
  return hasBoundary || exempted.size < (caller.kind === "service" ? 1 : 3);
}

function principalMatches(
  principals: readonly IamPrincipal[],
  caller: CallerIdentity,
): ReadonlySet<PrincipalMatch> {
  const all = principals.map((principal) => principalMatch(principal, caller));
  return new Set(all.filter((match) => match !== undefined));
}

function principalMatch(
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
