import { isNarrowedBy } from "../../reading/everyone";
import { allOf, anyOf, type Decision, UNKNOWN } from "../../reading/value";
import type { Statement } from "../../reading/policyStatement";
import { hasWildcard } from "../../reading/wildcard";
import { resourceRule } from "../../rule/resourceRule";
import { escalationWays } from "./escalationWays";
import type { EscalationWay } from "./escalationWays";
import { coversAction, grants, somePattern } from "./wildcardPatterns";
import { identityTypes, evaluateIdentityPolicies } from "./evaluateStatements";

/** Ways that a message lists; `iam:*` has a dozen. */
const mostListed = 3;

export const iamPoliciesGrantNoEscalation = resourceRule({
  name: "iam-policies-grant-no-escalation",
  title: "IAM policies let nobody take more rights",
  description: "No identity policy has actions together by which its holder can take more rights.",
  severity: "high",
  references: {
    checkov: ["CKV_AWS_286", "CKV_AWS_289"],
    prowler: ["iam_inline_policy_allows_privilege_escalation"],
  },
  remediationSteps:
    "Take one action of each way out, or give the ARNs of the identities that it is for; whoever must create roles gets it under the condition iam:PermissionsBoundary.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  types: identityTypes,
  evaluate: evaluateIdentityPolicies((statements, path, verdict) => {
    const chosen = statements.filter(mayGiveWay);
    const ways = escalationWays.map((way) => ({ way, open: isOpen(way, chosen) }));
    const open = ways.filter((found) => found.open === true).map(({ way }) => inWords(way));
    if (open.length > 0) {
      const more = open.length > mostListed ? ` and ${open.length - mostListed} ways more` : "";
      verdict.violation(
        `${path}: lets its holder take more rights by ${open.slice(0, mostListed).join(", ")}${more}: remove an action of each way, or name the roles.`,
      );
    }
    if (ways.some((found) => found.open === UNKNOWN)) verdict.undecided(path);
  }),
});

/** Whether a statement can be part of a way. Hardly any is, so the ways need not be tried on it. */
function mayGiveWay({ action = [] }: Statement): boolean {
  return action.some(
    (pattern) =>
      pattern === UNKNOWN || hasWildcard(pattern) || actionsOfWays.has(pattern.toLowerCase()),
  );
}

const actionsOfWays: ReadonlySet<string> = new Set(
  escalationWays.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())),
);

function isOpen({ actions, service }: EscalationWay, statements: readonly Statement[]): Decision {
  return allOf(
    actions.map((action) =>
      anyOf(statements.map((statement) => givesWay(statement, action, service))),
    ),
  );
}

function givesWay(statement: Statement, action: string, service: string | undefined): Decision {
  const granted = statement.effect === "Deny" ? false : grants(statement, action);
  if (granted === false) return false;
  return allOf([
    granted,
    statement.effect === "Allow" || UNKNOWN,
    !action.startsWith("iam:") || isUnbounded(statement, service),
  ]);
}

/** Whether the conditions of a statement leave the way open. */
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
