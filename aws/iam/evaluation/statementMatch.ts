import type { RequestContext } from "../accessRequest";
import { conditionHolds } from "../language/conditions/conditionHolds";
import type { IamStatement, PolicyVersion } from "../language/iamPolicy";
import { substituteVariables } from "../language/policyVariables";
import { matchesPattern, wildPattern } from "../language/wildcards";

/** The parts of a request that a statement is matched against. */
export interface MatchedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** The parts of a statement that matched, as written. */
export interface StatementMatch {
  /** e.g. `s3:Put*`, or `NotAction iam:*`. */
  readonly action: string;
  /** e.g. `arn:aws:s3:::lake/*`, or `NotResource ...`; "*" if there is no Resource. */
  readonly resource: string;
}

/**
 * Matches action, resource and conditions of a statement. Principals are matched separately (see
 * `PrincipalMatch`).
 *
 * @returns undefined if the statement does not apply to the request
 */
export function matchStatement(
  statement: IamStatement,
  version: PolicyVersion,
  request: MatchedRequest,
): StatementMatch | undefined {
  const action = matchAction(statement, request.action);
  if (action === undefined) return undefined;
  const resource = matchResource(statement, version, request);
  if (resource === undefined) return undefined;
  const allHold = statement.conditions.every((condition) =>
    conditionHolds(condition, version, request.context),
  );
  return allHold ? { action, resource } : undefined;
}

/** The case of action names is ignored. */
function matchAction(statement: IamStatement, action: string): string | undefined {
  const matches = (written: string): boolean =>
    matchesPattern(wildPattern(written.toLowerCase()), action.toLowerCase());
  const { actions, notActions } = statement;
  if (!notActions) return actions?.find(matches);
  return notActions.some(matches) ? undefined : `NotAction ${notActions.join(", ")}`;
}

function matchResource(
  statement: IamStatement,
  version: PolicyVersion,
  { resource, context }: MatchedRequest,
): string | undefined {
  const { resources, notResources } = statement;
  const listed = resources ?? notResources;
  if (!listed) return "*";
  const patterns = listed.map((written) => substituteVariables(written, version, context));
  // AWS: a variable without a value makes the statement invalid.
  if (patterns.includes(undefined)) return undefined;
  const index = patterns.findIndex((pattern) => pattern && matchesPattern(pattern, resource));
  if (!notResources) return listed[index];
  return index === -1 ? `NotResource ${notResources.join(", ")}` : undefined;
}
