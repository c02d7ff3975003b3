import { readValue, UNKNOWN } from "../../reading/value";
import { matchesPattern } from "../../reading/wildcard";
import { userType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";

export const iamUsersAreNotDeclared = resourceRule({
  name: "iam-users-are-not-declared",
  title: "No IAM users are declared",
  description: "Programs declare no IAM users, except those in the config.",
  severity: "low",
  level: "disabled",
  references: { checkov: ["CKV_AWS_273"] },
  remediationSteps:
    "Give people access with IAM Identity Center, and programs with roles, or add the user to allowedUsers in the config.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  types: [userType],
  settings: {
    allowedUsers: listOf({
      of: "user names",
      matching: /^[\w+=,.@*?-]+$/,
      defaultValue: [],
      description: "Names of users that may be declared; * and ? are wildcards.",
    }),
  },
  evaluate({ props }, verdict, { allowedUsers }) {
    const name = readValue(props, "name");
    if (name === UNKNOWN && allowedUsers.length > 0) verdict.undecided("name");
    else if (!allowedUsers.some((one) => typeof name === "string" && matchesPattern(one, name))) {
      verdict.violation("The resource is an IAM user, with long-term credentials: use a role.");
    }
  },
});
