import { UNKNOWN, asList, readValue } from "../../reading/value";
import {
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyAttachmentsType,
  roleType,
} from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/settingKinds";

/** Where each type names policies. */
const places: Readonly<Record<string, string>> = {
  [roleType]: "managedPolicyArns",
  [rolePolicyAttachmentType]: "policyArn",
  [rolePolicyAttachmentsType]: "policyArns",
  [policyAttachmentType]: "policyArn",
};

export const iamRolesHaveOwnPolicies = resourceRule({
  name: "iam-roles-have-own-policies",
  title: "IAM roles have policies of their own",
  description: "No role has an AWS managed policy or one that gives full access.",
  severity: "medium",
  references: {
    checkov: ["CKV_AWS_274", "CKV2_AWS_56"],
    cdkNag: ["AwsSolutions-IAM4"],
    prowler: ["iam_role_administratoraccess_policy"],
  },
  remediationSteps:
    "Write a policy with the actions and ARNs that the role needs, or list the policy in allowedPolicies of the config.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  types: Object.keys(places),
  settings: {
    allowedPolicies: listOf({
      of: "policy names with their path",
      matching: /^[\w+=,.@/-]+$/,
      defaultValue: [],
      description:
        "AWS managed policies that roles may have, such as service-role/AWSLambdaBasicExecutionRole.",
    }),
  },
  evaluate({ type, props }, verdict, { allowedPolicies }) {
    // A PolicyAttachment can be for users or groups alone.
    const roles = type === policyAttachmentType ? readValue(props, "roles") : [type];
    if (roles !== UNKNOWN && asList(roles).length === 0) {
      verdict.inapplicable("the policy is attached to no role");
      return;
    }
    const place = places[type] ?? "";
    for (const [index, arn] of asList(readValue(props, place)).entries()) {
      const fault = typeof arn === "string" ? faultOf(arn, allowedPolicies) : undefined;
      const where = place.endsWith("s") ? `${place}[${index}]` : place;
      if (arn === UNKNOWN) verdict.undecided(place);
      else if (fault && roles === UNKNOWN) verdict.undecided("roles");
      else if (fault) verdict.violation(`${where} ${fault}: write one for what the role needs.`);
    }
  },
});

function faultOf(arn: string, allowed: readonly string[]): string | undefined {
  const [, owner, name = ""] = /^arn:aws[a-z-]*:iam::([^:]*):policy\/(.+)$/.exec(arn) ?? [];
  if (owner === undefined || allowed.includes(name)) return undefined;
  if (owner === "aws") return "is an AWS managed policy";
  return /(FullAccess|AdministratorAccess)$/.test(name)
    ? "is a policy for full access, as its name says"
    : undefined;
}
