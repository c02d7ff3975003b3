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
  /** Of which effect statements apply if it is unknown whether they match. */
  readonly assumed: IamStatement["effect"];
}

/** The parts of a statement that matched, as written. */
export interface StatementMatch {
  /** e.g. `s3:Put*`, or `NotAction iam:*`. */
  readonly action: string;
  /** e.g. `arn:aws:s3:::lake/*`, or `NotResource ...`; "*" if there is no Resource. */
  readonly resource: string;
  /** False if it depends on condition keys that are unknown whether the statement matches. */
  readonly isCertain: boolean;
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
  const holds = statement.conditions.map((condition) =>
    conditionHolds(condition, version, request.context),
  );
  if (holds.includes(false)) return undefined;
  return { action, ...resource, isCertain: resource.isCertain && !holds.includes(undefined) };
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
): Pick<StatementMatch, "resource" | "isCertain"> | undefined {
  const { resources, notResources } = statement;
  const listed = resources ?? notResources;
  if (!listed) return { resource: "*", isCertain: true };
  const matches = listed.flatMap((written) => {
    // AWS: with a variable without a value, it matches no resource.
    const { pattern, isKnown } = substituteVariables(written, version, context) ?? {};
    const isMatch = pattern && matchesPattern(pattern, resource);
    return isMatch ? { resource: written, isCertain: isKnown === true } : [];
  });
  const match = matches.find(({ isCertain }) => isCertain) ?? matches[0];
  if (!notResources) return match;
  if (match?.isCertain) return undefined;
  return { resource: `NotResource ${notResources.join(", ")}`, isCertain: match === undefined };
}
