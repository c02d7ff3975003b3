import { UNKNOWN } from "../../reading/value";
import { roleType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { evaluateTrustPolicy } from "./evaluateStatements";
import { grantsWholeService, quoteAction } from "./wildcardPatterns";

export const iamTrustActionsAreSpecific = resourceRule({
  name: "iam-trust-actions-are-specific",
  title: "IAM trust policies allow specific actions",
  description:
    "No trust policy of a role allows every action, all actions of a service, or all but some.",
  severity: "high",
  references: {
    cfnGuard: [
      "IAM_ROLE_NO_FULL_ACCESS_ON_TRUST_POLICY",
      "IAM_ROLE_NO_ALLOW_PLUS_NOT_ACTION_ON_TRUST_POLICY",
    ],
  },
  remediationSteps:
    "Specify how principals assume the role as Action: sts:AssumeRole, sts:AssumeRoleWithSAML or sts:AssumeRoleWithWebIdentity, and sts:TagSession or sts:SetSourceIdentity if they need it.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
  types: [roleType],
  evaluate: evaluateTrustPolicy(({ action = [], notAction }) => ({
    violations: [
      ...action
        .filter((pattern) => pattern !== UNKNOWN)
        .filter(grantsWholeService)
        .map((pattern) => `allows ${quoteAction(pattern)}: specify actions such as sts:AssumeRole`),
      ...(notAction ? ["allows every action except those in NotAction: use Action"] : []),
    ],
    undecided: action.includes(UNKNOWN),
  })),
});
