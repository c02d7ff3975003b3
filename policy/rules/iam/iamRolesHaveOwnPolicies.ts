import { UNKNOWN, asList, readValue } from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import {
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyAttachmentsType,
  roleType,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";
import { isAdministration, isNarrow, managedPolicyOf } from "./managedPolicy";

/** The property of each type that contains policy ARNs. */
const arnProperties: Readonly<Record<string, string>> = {
  [roleType]: "managedPolicyArns",
  [rolePolicyAttachmentType]: "policyArn",
  [rolePolicyAttachmentsType]: "policyArns",
  [policyAttachmentType]: "policyArn",
};

/** Other tools ask the same of users and groups. */
const forRoles = "the identity is a role";

export const iamRolesHaveOwnPolicies = resourceRule({
  name: "iam-roles-have-own-policies",
  title: "IAM roles have specific policies",
  description:
    "No role has an AWS managed policy, except the narrow ones, or a policy for full access.",
  severity: "medium",
  references: {
    securityHub: [
      {
        id: "IAM.27",
        title: "IAM identities should not have the AWSCloudShellFullAccess policy attached.",
      },
    ],
    checkov: ["CKV2_AWS_56"],
    cdkNag: ["AwsSolutions-IAM4"],
    when: {
      "security-hub:IAM.27": forRoles,
      "checkov:CKV2_AWS_56": forRoles,
      "cdk-nag:AwsSolutions-IAM4": forRoles,
    },
  },
  remediationSteps:
    "Replace the policy with one that allows only the actions and ARNs that the role needs, or add it to allowedPolicies in the config.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: Object.keys(arnProperties),
  settings: {
    allowedPolicies: listOf({
      of: "policy names with their path",
      matching: /^[\w+=,.@/*?-]+$/,
      defaultValue: [],
      description:
        "Allowed managed policies, such as AmazonSSMManagedInstanceCore or service-role/*; * and ? are wildcards.",
    }),
  },
  evaluate({ type, props }, verdict, { allowedPolicies }) {
    // A PolicyAttachment may attach the policy only to users or groups.
    const roles = type === policyAttachmentType ? readValue(props, "roles") : [type];
    if (roles !== UNKNOWN && asList(roles).length === 0) {
      verdict.inapplicable("the policy is not attached to a role");
      return;
    }
    const property = arnProperties[type] ?? "";
    for (const [index, arn] of asList(readValue(props, property)).entries()) {
      const problem = typeof arn === "string" ? problemOf(arn, allowedPolicies) : undefined;
      const where = property.endsWith("s") ? `${property}[${index}]` : property;
      if (arn === UNKNOWN) verdict.undecided(property);
      else if (problem && roles === UNKNOWN) verdict.undecided("roles");
      else if (problem) {
        verdict.violation(`${where} ${problem}: use a policy with only what the role needs.`);
      }
    }
  },
});

function problemOf(arn: string, allowed: readonly string[]): string | undefined {
  const policy = managedPolicyOf(arn);
  if (policy === undefined) return undefined;
  const { owner, name } = policy;
  if (allowed.some((pattern) => matchesPattern(pattern, name))) return undefined;
  // Another rule reports administration, as critical.
  if (isAdministration(policy)) return undefined;
  if (owner === "aws") return isNarrow(name) ? undefined : "is an AWS managed policy";
  return /(FullAccess|AdministratorAccess)$/.test(name)
    ? "is a policy for full access, according to its name"
    : undefined;
}
