import { conditionHolds } from "../language/conditions/conditionHolds";
import type { IamStatement, PolicyVersion } from "../language/iamPolicy";
import { fillIn } from "../language/policyVariables";
import type { RequestContext } from "../accessRequest";
import { matchesPattern, wildPattern } from "../language/wildcards";

/** What a statement is matched with. */
export interface MatchedRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** What of a statement matched, as written there. */
export interface StatementMatch {
  /** E.g. `s3:Put*`, or `NotAction iam:*`. */
  readonly action: string;
  /** E.g. `arn:aws:s3:::lake/*`, `NotResource ...`; "*" where there is no Resource. */
  readonly resource: string;
}

/** Undefined if the statement is not about the request. Whom it is about is told elsewhere. */
export function matchStatement(
  statement: IamStatement,
  version: PolicyVersion,
  request: MatchedRequest,
): StatementMatch | undefined {
  const action = matchAction(statement, request.action);
  if (action === undefined) return undefined;
  const resource = matchResource(statement, version, request);
  if (resource === undefined) return undefined;
  const holds = statement.conditions.every((condition) =>
    conditionHolds(condition, version, request.context),
  );
  return holds ? { action, resource } : undefined;
}

/** Names of actions are not told apart by case. */
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
  const patterns = listed.map((written) => fillIn(written, version, context));
  // AWS: a variable that stands for nothing makes the statement invalid.
  if (patterns.includes(undefined)) return undefined;
  const index = patterns.findIndex((pattern) => pattern && matchesPattern(pattern, resource));
  if (!notResources) return listed[index];
  return index === -1 ? `NotResource ${notResources.join(", ")}` : undefined;
}
