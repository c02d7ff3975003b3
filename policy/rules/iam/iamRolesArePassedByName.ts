import type { Statement } from "../../reading/policyStatement";
import { UNKNOWN } from "../../reading/value";
import { resourceRule } from "../../rule/resourceRule";
import {
  identityTypes,
  evaluateAllowStatements,
  type StatementVerdict,
} from "./evaluateStatements";
import { grants, wholeService, withoutWholeServices } from "./wildcardPatterns";

export const iamRolesArePassedByName = resourceRule({
  name: "iam-roles-are-passed-by-name",
  title: "IAM roles are passed by name",
  description: "Identity policies allow iam:PassRole only for roles that they name.",
  severity: "high",
  references: {
    trivy: ["AWS-0342"],
    cfnGuard: ["IAM_ROLE_NO_WILDCARD_RESOURCE_ON_PASSROLE"],
  },
  remediationSteps:
    "Specify the ARNs of the roles as Resource of iam:PassRole, and the services that may receive them in a condition on iam:PassedToService.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  types: identityTypes,
  evaluate: evaluateAllowStatements(evaluatePassRole),
});

function evaluatePassRole(statement: Statement): StatementVerdict {
  const passes = grants(statement, "iam:PassRole");
  if (passes !== true) return { violations: [], undecided: passes === UNKNOWN };
  const violation = "allows iam:PassRole on any role: specify the ARNs of the roles";
  const isNamed = grants(withoutWholeServices(statement), "iam:PassRole") !== false;
  return isNamed
    ? { violations: [violation], undecided: false }
    : { violations: [], deferred: [{ ...wholeService, violation }], undecided: false };
}
