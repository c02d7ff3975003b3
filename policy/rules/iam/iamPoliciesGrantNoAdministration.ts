import { allOf, UNKNOWN } from "../../reading/value";
import { resourceRule } from "../../rule/resourceRule";
import { identityTypes, evaluateAllowStatements } from "./evaluateStatements";
import { coversEverything, grantsEverything, somePattern } from "./wildcardPatterns";

export const iamPoliciesGrantNoAdministration = resourceRule({
  name: "iam-policies-grant-no-administration",
  title: "IAM policies do not grant administrator access",
  description: "No identity policy allows every action on every resource.",
  severity: "critical",
  references: {
    securityHub: [
      {
        id: "IAM.1",
        title: 'IAM policies should not allow full "*" administrative privileges.',
      },
    ],
    checkov: ["CKV_AWS_62"],
    cdkNag: ["IAMPolicyNoStatementsWithAdminAccess"],
    prowler: ["iam_inline_policy_no_administrative_privileges"],
  },
  remediationSteps: "Specify the actions that the identity needs, and the ARNs of their resources.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: identityTypes,
  evaluate: evaluateAllowStatements(
    ({ action, resource }) => {
      const isAdministration = allOf([
        somePattern(action, grantsEverything),
        somePattern(resource, coversEverything),
      ]);
      return {
        violations:
          isAdministration === true
            ? ["allows every action on every resource: specify actions and ARNs"]
            : [],
        undecided: isAdministration === UNKNOWN,
      };
    },
    { reportsProblems: true },
  ),
});
