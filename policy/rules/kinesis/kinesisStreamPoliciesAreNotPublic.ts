import { allowsEveryone, callerKeys } from "../../reading/everyone";
import type { Pattern, Statement } from "../../reading/policyStatement";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { allOf, anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { streamPolicyType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { listOf } from "../../settings/setting";
import { accountOf, principalAccount } from "../resourcePolicies/otherAccounts";

export const kinesisStreamPoliciesAreNotPublic = resourceRule({
  name: "kinesis-stream-policies-are-not-public",
  title: "Kinesis stream policies are not public",
  description:
    "No resource policy of a Kinesis stream allows everyone or an account that is not listed.",
  severity: "critical",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    "Specify the roles that may use the stream as Principal, or add a condition on aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/resource-based-policy-examples.html",
  types: [streamPolicyType],
  settings: {
    allowedAccounts: listOf({
      of: "account ids",
      matching: /^[0-9]{12}$/,
      defaultValue: [],
      description:
        "Ids of the accounts that a stream policy may allow, in addition to the stream's own account. An empty list allows every account.",
    }),
  },
  evaluate({ props }, verdict, { allowedAccounts }) {
    const document = readPolicyDocument(readValue(props, "policy"));
    if (document === undefined) {
      verdict.violation("policy is absent.");
      return;
    }
    const own = accountOf(readValue(props, "resourceArn"));
    const isAllowed = (account: Pattern): Decision =>
      account === UNKNOWN
        ? UNKNOWN
        : anyOf([allowedAccounts.includes(account), own === UNKNOWN ? UNKNOWN : own === account]);
    for (const problem of document.problems) verdict.violation(`policy: ${problem}.`);
    for (const statement of document.statements) {
      const isPublic = allowsEveryone(statement, callerKeys, document.statements);
      const foreign = allowedAccounts.length > 0 ? admitsOthers(statement, isAllowed) : false;
      if (isPublic === true) {
        verdict.violation(
          `policy: ${statement.path} allows everyone: specify principals, or add a condition with fixed values of aws:PrincipalOrgID.`,
        );
      } else if (foreign === true) {
        verdict.violation(
          `policy: ${statement.path} allows an account that the config does not list: remove it, or add it to allowedAccounts.`,
        );
      } else if (anyOf([isPublic, foreign]) === UNKNOWN) verdict.undecided("policy");
    }
  },
});

function admitsOthers(
  { effect, principals = [] }: Statement,
  isAllowed: (account: Pattern) => Decision,
): Decision {
  const others = principals.map((principal) => {
    const account = principalAccount(principal);
    const allowed = account === undefined || isAllowed(account);
    return allowed === UNKNOWN ? UNKNOWN : !allowed;
  });
  return allOf([effect === UNKNOWN ? UNKNOWN : effect === "Allow", anyOf(others)]);
}
