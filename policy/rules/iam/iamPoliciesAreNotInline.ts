import { asList, readValue, UNKNOWN } from "../../reading/value";
import {
  groupPolicyType,
  groupType,
  rolePolicyType,
  roleType,
  userPolicyType,
  userType,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const iamPoliciesAreNotInline = resourceRule({
  name: "iam-policies-are-not-inline",
  title: "IAM policies are managed policies",
  description: "No user, group or role has an inline policy.",
  severity: "low",
  level: "disabled",
  references: { cfnGuard: ["IAM_NO_INLINE_POLICY_CHECK"], cdkNag: ["IAMNoInlinePolicy"] },
  remediationSteps:
    "Declare an aws.iam.Policy, and attach it with a RolePolicyAttachment, GroupPolicyAttachment or UserPolicyAttachment.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  // Users and groups have inline policies only in Cloud Control.
  types: [rolePolicyType, userPolicyType, groupPolicyType, roleType, userType, groupType],
  evaluate({ type, props }, verdict) {
    if (![roleType, userType, groupType].includes(type)) {
      verdict.violation("The policy is inline: declare a managed policy, and attach it.");
      return;
    }
    const policies = readValue(props, "inlinePolicies");
    if (policies === UNKNOWN) verdict.undecided("inlinePolicies");
    else if (asList(policies).length > 0) {
      verdict.violation("inlinePolicies is not empty: declare managed policies, and attach them.");
    }
  },
});
