import type { Restriction } from "../../reading/callerKeys";
import { everyPrincipal, isLeftToChosen } from "../../reading/denial";
import type { Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "../../reading/value";
import { hasWildcard, isOnlyWildcards } from "../../reading/wildcard";
import { resourceRule } from "../../rule/resourceRule";
import { escalationWays } from "./escalationWays";
import type { EscalationWay } from "./escalationWays";
import { identityTypes, evaluateIdentityPolicies } from "./evaluateStatements";
import { coversAction, grants, wholeService, withoutWholeServices } from "./wildcardPatterns";

/** A message lists at most this many ways; `iam:*` allows a dozen. */
const maxListed = 3;

export const iamPoliciesGrantNoEscalation = resourceRule({
  name: "iam-policies-grant-no-escalation",
  title: "IAM policies allow no privilege escalation",
  description:
    "No identity policy allows a combination of actions by which an identity can escalate its privileges.",
  severity: "high",
  references: {
    checkov: ["CKV_AWS_286"],
    prowler: ["iam_inline_policy_allows_privilege_escalation"],
  },
  remediationSteps:
    "Remove one action of each combination, or specify the ARNs of the identities as Resource. For identities that must create roles, add a condition on iam:PermissionsBoundary.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  types: identityTypes,
  evaluate: evaluateIdentityPolicies((statements, path, verdict) => {
    const { allowed, undecided } = escalationsBy(statements);
    const specific = new Set(escalationsBy(statements.map(withoutWholeServices)).allowed);
    const message = (ways: readonly EscalationWay[]) =>
      `${path}: allows privilege escalation by ${listInWords(ways)}: remove an action of each, or name the roles.`;
    const named = allowed.filter((way) => specific.has(way));
    if (named.length > 0) verdict.violation(message(named));
    const others = allowed.filter((way) => !specific.has(way));
    if (others.length > 0) verdict.defer({ ...wholeService, message: message(others) });
    if (undecided.length > 0) verdict.undecided(path);
  }),
});

interface Escalations {
  readonly allowed: readonly EscalationWay[];
  /** Ways that depend on unknown values. */
  readonly undecided: readonly EscalationWay[];
}

/** The ways that statements allow together. */
export function escalationsBy(statements: readonly Statement[]): Escalations {
  const relevant = statements.filter(mayAllowEscalation);
  const ways = escalationWays.map((way) => ({
    way,
    allowed: isAllowed(way, relevant, statements),
  }));
  const which = (answer: Decision) =>
    ways.filter((found) => found.allowed === answer).map(({ way }) => way);
  return { allowed: which(true), undecided: which(UNKNOWN) };
}

/** Not all of many ways. */
export function listInWords(ways: readonly EscalationWay[]): string {
  const more = ways.length > maxListed ? ` and ${ways.length - maxListed} more ways` : "";
  return `${ways.slice(0, maxListed).map(inWords).join(", ")}${more}`;
}

/** Whether a statement can be part of an escalation. Few can, so that most need no further checks. */
function mayAllowEscalation({ action = [] }: Statement): boolean {
  return action.some(
    (pattern) =>
      pattern === UNKNOWN || hasWildcard(pattern) || actionsOfWays.has(pattern.toLowerCase()),
  );
}

const actionsOfWays: ReadonlySet<string> = new Set(
  escalationWays.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())),
);

function isAllowed(
  { actions, service }: EscalationWay,
  relevant: readonly Statement[],
  document: readonly Statement[],
): Decision {
  return allOf(
    actions.map((action) =>
      anyOf(relevant.map((statement) => contributes(statement, action, service, document))),
    ),
  );
}

function contributes(
  statement: Statement,
  action: string,
  service: string | undefined,
  document: readonly Statement[],
): Decision {
  const granted = statement.effect === "Deny" ? false : grants(statement, action);
  if (granted === false) return false;
  const alone = { ...statement, action: [action] };
  return allOf([
    granted,
    statement.effect === "Allow" || UNKNOWN,
    not(isLeftToChosen(alone, everyPrincipal, document, boundsOf(action, service))),
  ]);
}

/** Which values of condition keys prevent the escalation. A Deny without conditions always does. */
function boundsOf(action: string, service: string | undefined): Restriction {
  if (!action.startsWith("iam:")) return () => false;
  if (service !== undefined) {
    return (key, value) => key === "iam:passedtoservice" && !coversAction(value, service);
  }
  return (key, value) =>
    (key === "iam:permissionsboundary" && value !== "" && !hasWildcard(value)) ||
    (key === "iam:policyarn" && isHarmlessPolicy(value));
}

/** Whether a pattern of managed policies includes neither all policies of AWS nor all of the account. */
function isHarmlessPolicy(arn: string): boolean {
  const [, owner = "", name = ""] = /:iam::([^:]*(?:\$\{[^}]*\})?):policy\/(.*)$/.exec(arn) ?? [];
  if (owner === "aws") return !hasWildcard(name) && !administrativePolicies.includes(name);
  return owner !== "" && !hasWildcard(owner) && name !== "" && !isOnlyWildcards(name);
}

/** Policies of AWS with which an identity can grant itself everything. */
const administrativePolicies = ["AdministratorAccess", "IAMFullAccess"];

function inWords({ actions }: EscalationWay): string {
  return actions.join(" with ");
}
