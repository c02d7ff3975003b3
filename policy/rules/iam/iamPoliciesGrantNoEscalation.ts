import { isNarrowedBy } from "../../reading/everyone";
import type { Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { hasWildcard } from "../../reading/wildcard";
import { resourceRule } from "../../rule/resourceRule";
import { escalationWays } from "./escalationWays";
import type { EscalationWay } from "./escalationWays";
import { identityTypes, evaluateIdentityPolicies } from "./evaluateStatements";
import { coversAction, grants, somePattern } from "./wildcardPatterns";

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
    if (allowed.length > 0) {
      verdict.violation(
        `${path}: allows privilege escalation by ${listInWords(allowed)}: remove an action of each, or name the roles.`,
      );
    }
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
  const ways = escalationWays.map((way) => ({ way, allowed: isAllowed(way, relevant) }));
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
  statements: readonly Statement[],
): Decision {
  return allOf(
    actions.map((action) =>
      anyOf(statements.map((statement) => contributes(statement, action, service))),
    ),
  );
}

function contributes(statement: Statement, action: string, service: string | undefined): Decision {
  const granted = statement.effect === "Deny" ? false : grants(statement, action);
  if (granted === false) return false;
  return allOf([
    granted,
    statement.effect === "Allow" || UNKNOWN,
    !action.startsWith("iam:") || isUnbounded(statement, service),
  ]);
}

/** Whether the conditions of a statement do not prevent the escalation. */
function isUnbounded(statement: Statement, service: string | undefined): Decision {
  const keys = service ? ["iam:PassedToService"] : ["iam:PermissionsBoundary", "iam:PolicyARN"];
  const bounded = isNarrowedBy(statement, keys);
  if (service === undefined || bounded !== true || statement.conditions === UNKNOWN) {
    return bounded === UNKNOWN ? UNKNOWN : !bounded;
  }
  const services = statement.conditions
    .filter(({ key }) => key.toLowerCase() === "iam:passedtoservice")
    .flatMap(({ values }) => values);
  return somePattern(services, (pattern) => coversAction(pattern, service));
}

function inWords({ actions }: EscalationWay): string {
  return actions.join(" with ");
}
