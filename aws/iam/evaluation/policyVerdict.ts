import type { CallerIdentity } from "../accessRequest";
import type { Grant } from "../decision";
import type { IamPolicy, IamStatement } from "../language/iamPolicy";
import { allowMatch, deniesCaller, type PrincipalMatch } from "./principalMatch";
import { type MatchedRequest, matchStatement } from "./statementMatch";

/** The result of evaluating the policies of a role, or its permissions boundary. */
export interface IdentityVerdict {
  readonly denies: boolean;
  /** The first statement that allows the request. */
  readonly grant?: Grant | undefined;
}

/** The result of evaluating a resource-based policy. */
export interface ResourceVerdict {
  readonly denies: boolean;
  /** The first statement that allows the request, for each way in which it matches the caller. */
  readonly grants: ReadonlyMap<PrincipalMatch, Grant>;
}

/** @throws if a statement has a Principal: an identity-based policy applies to its own role */
export function evaluateIdentityPolicies(
  policies: readonly IamPolicy[],
  request: MatchedRequest,
): IdentityVerdict {
  const matching = policies.flatMap((policy) => matchingStatements(policy, request, "identity"));
  return {
    denies: matching.some(({ statement }) => statement.effect === "Deny"),
    grant: matching.find(({ statement }) => statement.effect === "Allow")?.grant,
  };
}

/** @throws if a statement has no Principal */
export function evaluateResourcePolicy(
  policy: IamPolicy | undefined,
  request: MatchedRequest,
  caller: CallerIdentity,
  hasBoundary: boolean,
): ResourceVerdict {
  const grants = new Map<PrincipalMatch, Grant>();
  let denies = false;
  for (const { statement, grant } of policy
    ? matchingStatements(policy, request, "resource")
    : []) {
    if (statement.effect === "Deny") denies ||= deniesCaller(statement, caller, hasBoundary);
    else {
      const match = allowMatch(statement, caller);
      if (match !== undefined && !grants.has(match)) grants.set(match, grant);
    }
  }
  return { denies, grants };
}

interface MatchingStatement {
  readonly statement: IamStatement;
  readonly grant: Grant;
}

function matchingStatements(
  { name, version, statements }: IamPolicy,
  request: MatchedRequest,
  kind: "identity" | "resource",
): readonly MatchingStatement[] {
  return statements.flatMap((statement) => {
    checkPrincipal(statement, name, kind);
    const match = matchStatement(statement, version, request);
    if (!match || !(match.isCertain || statement.effect === request.assumed)) return [];
    const { action, resource } = match;
    return [{ statement, grant: { policy: name, statement: statement.sid, action, resource } }];
  });
}

/** @throws if a resource-based policy has no Principal, or an identity-based policy has one */
function checkPrincipal(
  { sid, principals, notPrincipals }: IamStatement,
  policy: string,
  kind: "identity" | "resource",
): void {
  const hasPrincipal = (principals ?? notPrincipals) !== undefined;
  if (hasPrincipal === (kind === "resource")) return;
  throw new Error(
    hasPrincipal
      ? `The ${policy} has a Principal in statement ${sid}; only a resource-based policy can have one.`
      : `The ${policy} has no Principal in statement ${sid}; a resource-based policy must have one.`,
  );
}
