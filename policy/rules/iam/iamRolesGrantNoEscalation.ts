import { roleType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { escalationsBy, listInWords } from "./iamPoliciesGrantNoEscalation";
import { policiesOf } from "./rolePolicies";

/** What a single policy allows is left to the rule on single policies. */
export const iamRolesGrantNoEscalation = stackRule({
  name: "iam-roles-grant-no-escalation",
  title: "IAM roles allow no escalation by several policies",
  description:
    "The policies of a role do not together allow a combination of actions by which it can escalate its privileges.",
  severity: "high",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Remove one action of each combination from one of the policies, or specify the ARNs of the identities as Resource.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  types: [roleType],
  evaluate(role, verdict, _, stack) {
    const { documents, mayGrow } = policiesOf(role, stack);
    const alone = documents.map(escalationsBy);
    const reported = new Set(alone.flatMap(({ allowed }) => allowed));
    const together = escalationsBy(documents.flat());
    const allowed = together.allowed.filter((way) => !reported.has(way));
    if (allowed.length > 0) {
      verdict.violation(
        `The policies of the role together allow privilege escalation by ${listInWords(allowed)}: remove an action of each, or name the roles.`,
      );
    }
    const isUndecided = together.undecided.some((way) => !reported.has(way));
    if (isUndecided || mayGrow) verdict.undecided("the policies of the role");
  },
});
