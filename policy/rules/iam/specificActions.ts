import type { ResourceValidationPolicy } from "@pulumi/policy";
import { securityHub } from "../../securityHub";
import { UNKNOWN } from "../../value";
import { judgeAllowStatements } from "./identityPolicies";
import { grantsWholeService, quoteAction } from "./wildcardPatterns";

export const iamActionsAreSpecific: ResourceValidationPolicy = {
  name: "iam-actions-are-specific",
  displayName: "IAM actions are specific",
  description: "Identity policies allow named actions, never every action or a whole service.",
  severity: "high",
  enforcementLevel: "mandatory",
  framework: securityHub(
    "IAM.21",
    "IAM customer managed policies should not allow wildcard actions for services.",
  ),
  tags: [
    "security-hub:IAM.1",
    "security-hub:IAM.21",
    "checkov:CKV_AWS_62",
    "checkov:CKV_AWS_63",
    "cdk-nag:AwsSolutions-IAM5",
    "trivy:AWS-0345",
  ],
  remediationSteps: "List the actions that the identity needs, one by one.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  validateResource: judgeAllowStatements(({ action = [] }) => ({
    faults: action
      .filter((pattern) => pattern !== UNKNOWN)
      .filter(grantsWholeService)
      .map((pattern) => `allows ${quoteAction(pattern)}: list the actions that are needed`),
    undecided: action.includes(UNKNOWN),
  })),
};
