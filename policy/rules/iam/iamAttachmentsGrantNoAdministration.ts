import { UNKNOWN, asList, readValue } from "../../reading/value";
import {
  groupPolicyAttachmentTypes,
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyAttachmentsType,
  roleType,
  userPolicyAttachmentTypes,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { isAdministration, managedPolicyOf } from "./managedPolicy";

/** Each type contains ARNs of policies in one of these properties. */
const properties = ["policyArn", "policyArns", "managedPolicyArns"];

export const iamAttachmentsGrantNoAdministration = resourceRule({
  name: "iam-attachments-grant-no-administration",
  title: "IAM attachments do not grant administrator access",
  description: "No user, group or role has the managed policy AdministratorAccess.",
  severity: "critical",
  references: {
    checkov: ["CKV_AWS_274"],
    prowler: [
      "iam_user_administrator_access_policy",
      "iam_group_administrator_access_policy",
      "iam_role_administratoraccess_policy",
    ],
  },
  remediationSteps:
    "Attach a policy that allows only the actions and ARNs that the identity needs.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: [
    ...userPolicyAttachmentTypes,
    ...groupPolicyAttachmentTypes,
    policyAttachmentType,
    rolePolicyAttachmentType,
    rolePolicyAttachmentsType,
    roleType,
  ],
  evaluate({ props }, verdict) {
    for (const property of properties) {
      for (const [index, arn] of asList(readValue(props, property)).entries()) {
        const policy = typeof arn === "string" ? managedPolicyOf(arn) : undefined;
        const where = property.endsWith("s") ? `${property}[${index}]` : property;
        if (arn === UNKNOWN) verdict.undecided(property);
        else if (policy && isAdministration(policy)) {
          verdict.violation(
            `${where} is AdministratorAccess: attach a policy with specific actions.`,
          );
        }
      }
    }
  },
});
