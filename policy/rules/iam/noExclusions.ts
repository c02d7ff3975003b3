import type { ResourceValidationPolicy } from "@pulumi/policy";
import { judgeAllowStatements } from "./identityPolicies";

export const iamAllowsHaveNoExclusions: ResourceValidationPolicy = {
  name: "iam-allows-have-no-exclusions",
  displayName: "IAM allows list what they allow",
  description: "No Allow statement of an identity policy has NotAction or NotResource.",
  severity: "high",
  enforcementLevel: "mandatory",
  tags: ["security-hub:IAM.21"],
  remediationSteps: "Replace NotAction by Action and NotResource by Resource.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  validateResource: judgeAllowStatements(({ notAction, notResource }) => ({
    faults: [
      ...(notAction ? ["allows every action but those in NotAction: use Action"] : []),
      ...(notResource ? ["allows every resource but those in NotResource: use Resource"] : []),
    ],
    undecided: false,
  })),
};
