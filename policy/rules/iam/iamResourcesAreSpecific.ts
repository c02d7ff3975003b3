import type { Statement } from "../../reading/policyStatement";
import { UNKNOWN } from "../../reading/value";
import { resourceRule } from "../../rule/resourceRule";
import {
  identityTypes,
  evaluateAllowStatements,
  type StatementVerdict,
} from "./evaluateStatements";
import { actionsWithoutResource } from "./serviceAuthorization";
import { namesNoResource, quoteAction } from "./wildcardPatterns";

export const iamResourcesAreSpecific = resourceRule({
  name: "iam-resources-are-specific",
  title: "IAM resources are specific",
  description: "Identity policies specify the resources of every action that supports resources.",
  severity: "high",
  references: {
    securityHub: [
      {
        id: "KMS.1",
        title: "IAM customer managed policies should not allow decryption actions on all KMS keys.",
      },
      {
        id: "KMS.2",
        title:
          "IAM principals should not have IAM inline policies that allow decryption actions on all KMS keys.",
      },
    ],
    checkov: ["CKV_AWS_355", "CKV_AWS_356"],
    cdkNag: ["AwsSolutions-IAM5"],
    trivy: ["AWS-0346"],
    cfnGuard: ["IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE"],
  },
  remediationSteps:
    "Specify the ARNs of the resources; <ARN>/* is allowed for their contents. Move actions without resources to a separate statement.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  types: identityTypes,
  evaluate: evaluateAllowStatements(evaluateResources),
});

function evaluateResources({ action, resource = [] }: Statement): StatementVerdict {
  const isAnyResource = resource.some((pattern) => pattern !== UNKNOWN && namesNoResource(pattern));
  if (!isAnyResource) return { violations: [], undecided: resource.includes(UNKNOWN) };
  if (action === undefined) {
    return { violations: ["allows actions on any resource: specify the ARNs"], undecided: false };
  }
  const specifiable = action
    .filter((pattern) => pattern !== UNKNOWN)
    .filter((pattern) => !actionsWithoutResource.has(pattern.toLowerCase()));
  const listed = specifiable.map(quoteAction).join(", ");
  return {
    violations:
      specifiable.length > 0 ? [`allows ${listed} on any resource: specify the ARNs`] : [],
    undecided: action.includes(UNKNOWN),
  };
}
