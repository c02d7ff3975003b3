import { resourceRule } from "../../rule/resourceRule";
import { identityTypes, evaluateAllowStatements } from "./evaluateStatements";
import { noDecryptionOfAllKeys, noWildcardActions } from "./securityHubControls";

export const iamAllowsHaveNoExclusions = resourceRule({
  name: "iam-allows-have-no-exclusions",
  title: "IAM Allow statements have no exclusions",
  description: "No Allow statement of an identity policy has NotAction or NotResource.",
  severity: "high",
  references: {
    securityHub: [noWildcardActions, ...noDecryptionOfAllKeys],
  },
  remediationSteps: "Replace NotAction with Action, and NotResource with Resource.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  types: identityTypes,
  evaluate: evaluateAllowStatements(({ notAction, notResource }) => ({
    violations: [
      ...(notAction ? ["allows every action except those in NotAction: use Action"] : []),
      ...(notResource ? ["allows every resource except those in NotResource: use Resource"] : []),
    ],
    undecided: false,
  })),
});
