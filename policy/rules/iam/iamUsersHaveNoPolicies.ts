import { UNKNOWN, asList, readValue } from "../../reading/value";
import {
  policyAttachmentType,
  userPolicyAttachmentTypes,
  userPolicyType,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const iamUsersHaveNoPolicies = resourceRule({
  name: "iam-users-have-no-policies",
  title: "IAM users have no policies",
  description: "No policy belongs to a user: users get permissions from groups or roles.",
  severity: "low",
  level: "advisory",
  references: {
    securityHub: [{ id: "IAM.2", title: "IAM users should not have IAM policies attached." }],
    checkov: ["CKV_AWS_40"],
    trivy: ["AWS-0143"],
    cdkNag: ["IAMUserNoPolicies"],
    cfnGuard: ["IAM_NO_POLICY_ON_USER"],
    prowler: ["iam_policy_attached_only_to_group_or_roles"],
  },
  remediationSteps: "Attach the policy to a group of the user, or to a role that the user assumes.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: [userPolicyType, ...userPolicyAttachmentTypes, policyAttachmentType],
  evaluate({ type, props }, verdict) {
    // One that manages all attachments of a user may list none.
    const property = type.endsWith("Exclusive") ? "policyArns" : "users";
    const hasList = property === "policyArns" || type === policyAttachmentType;
    const listed = hasList ? readValue(props, property) : [type];
    if (listed === UNKNOWN) verdict.undecided(property);
    else if (asList(listed).length > 0) {
      verdict.violation("The policy belongs to a user: attach it to a group or a role.");
    }
  },
});
