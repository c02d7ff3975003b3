import { UNKNOWN } from "../../reading/value";
import { resourceRule } from "../../rule/resourceRule";
import { identityTypes, evaluateAllowStatements } from "./evaluateStatements";
import { noWildcardActions } from "./securityHubControls";
import {
  administration,
  coversEverything,
  grantsEverything,
  grantsWholeService,
  quoteAction,
  somePattern,
} from "./wildcardPatterns";

export const iamActionsAreSpecific = resourceRule({
  name: "iam-actions-are-specific",
  title: "IAM actions are specific",
  description: "Identity policies allow specific actions, never every action or a whole service.",
  severity: "high",
  references: {
    securityHub: [
      noWildcardActions,
      {
        id: "IAM.1",
        title: 'IAM policies should not allow full "*" administrative privileges.',
      },
    ],
    checkov: ["CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40"],
    cdkNag: ["AwsSolutions-IAM5"],
    trivy: ["AWS-0345"],
  },
  remediationSteps: "Specify each action that the identity needs.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: identityTypes,
  evaluate: evaluateAllowStatements(({ action = [], resource = [] }) => {
    const wide = action.filter((pattern) => pattern !== UNKNOWN).filter(grantsWholeService);
    const isOnEverything = somePattern(resource, coversEverything) === true;
    const isAdministration = (pattern: string) => isOnEverything && grantsEverything(pattern);
    const inWords = (pattern: string) =>
      `allows ${quoteAction(pattern)}: specify the required actions`;
    return {
      violations: wide.filter((pattern) => !isAdministration(pattern)).map(inWords),
      deferred: wide.filter(isAdministration).map((pattern) => ({
        ...administration,
        violation: inWords(pattern),
      })),
      undecided: action.includes(UNKNOWN),
    };
  }),
});
