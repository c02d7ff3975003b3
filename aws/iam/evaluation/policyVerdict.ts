import type { CallerIdentity } from "../accessRequest";
import type { Grant } from "../decision";
import type { IamPolicy, IamStatement } from "../language/iamPolicy";
import { isMeantToDeny, type PrincipalMatch, matchToAllow } from "./principalMatch";
import { type MatchedRequest, matchStatement } from "./statementMatch";

/** What the policies of a role, or its boundary, say to a request. */
export interface IdentityVerdict {
  readonly denies: boolean;
  /** The first statement that allows it. */
  readonly grant?: Grant | undefined;
}

/** What the policy on a resource says to a request. */
export interface ResourceVerdict {
  readonly denies: boolean;
  /** The first statement that allows it, for each way in which the caller is named. */
  readonly grants: ReadonlyMap<PrincipalMatch, Grant>;
}

/** @throws if a statement has a Principal: whom it is for is whose policy it is */
export function evaluateIdentity(
  policies: readonly IamPolicy[],
  request: MatchedRequest,
): IdentityVerdict {
  const matching = policies.flatMap((policy) => matchingStatements(policy, request, "identity"));
  return {
    denies: matching.some(({ statement }) => statement.effect === "Deny"),
    grant: matching.find(({ statement }) => statement.effect === "Allow")?.grant,
  };
}

/** @throws if a statement has no Principal: whom it is for, nobody knows */
export function evaluateResource(
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
    if (statement.effect === "Deny") denies ||= isMeantToDeny(statement, caller, hasBoundary);
    else {
      const naming = matchToAllow(statement, caller);
      if (naming !== undefined && !grants.has(naming)) grants.set(naming, grant);
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
    refuseMisplaced(statement, name, kind);
    const match = matchStatement(statement, version, request);
    return match
      ? [{ statement, grant: { policy: name, statement: statement.sid, ...match } }]
      : [];
  });
}

function refuseMisplaced(
  { sid, principals, notPrincipals }: IamStatement,
  policy: string,
  kind: "identity" | "resource",
): void {
  const names = (principals ?? notPrincipals) !== undefined;
  if (names === (kind === "resource")) return;
  throw new Error(
    names
      ? `The ${policy} has a Principal in its statement ${sid}; only the policy of a resource has one.`
      : `The ${policy} has no Principal in its statement ${sid}; the policy of a resource needs one.`,
  );
}
