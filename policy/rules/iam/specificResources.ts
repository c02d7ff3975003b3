import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { Statement } from "../../policyDocument";
import { UNKNOWN } from "../../value";
import { judgeAllowStatements } from "./identityPolicies";
import type { StatementFinding } from "./identityPolicies";
import { actionsWithoutResource } from "./serviceAuthorization";
import { namesNoResource, quoteAction } from "./wildcardPatterns";

export const iamResourcesAreSpecific: ResourceValidationPolicy = {
  name: "iam-resources-are-specific",
  displayName: "IAM resources are specific",
  description: "Identity policies name the resources of every action that takes a resource.",
  severity: "high",
  enforcementLevel: "mandatory",
  tags: [
    "security-hub:KMS.1",
    "security-hub:KMS.2",
    "checkov:CKV_AWS_355",
    "checkov:CKV_AWS_356",
    "cdk-nag:AwsSolutions-IAM5",
    "trivy:AWS-0346",
    "cfn-guard:IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE",
  ],
  remediationSteps:
    "Give the ARNs of the resources; <ARN>/* is fine for what is inside them. Put actions that take no resource into a statement of their own.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  validateResource: judgeAllowStatements(judgeResources),
};

function judgeResources({ action, resource = [] }: Statement): StatementFinding {
  const wide = resource.some((pattern) => pattern !== UNKNOWN && namesNoResource(pattern));
  if (!wide) return { faults: [], undecided: resource.includes(UNKNOWN) };
  if (action === undefined) {
    return { faults: ["allows actions on any resource: give their ARNs"], undecided: false };
  }
  const taking = action
    .filter((pattern) => pattern !== UNKNOWN)
    .filter((pattern) => !actionsWithoutResource.has(pattern.toLowerCase()));
  const listed = taking.map(quoteAction).join(", ");
  return {
    faults: taking.length > 0 ? [`allows ${listed} on any resource: give the ARNs`] : [],
    undecided: action.includes(UNKNOWN),
  };
}
