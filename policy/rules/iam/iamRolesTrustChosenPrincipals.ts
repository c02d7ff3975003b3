import { allowsEveryone, isNarrowedBy } from "../../reading/everyone";
import type { Principal, Statement } from "../../reading/policyStatement";
import { anyOf, type Decision, UNKNOWN } from "../../reading/value";
import { roleType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { type ConfigOf, listOf } from "../../settings/setting";
import { evaluateTrustPolicy, type StatementVerdict } from "./evaluateStatements";

/** Condition keys that restrict everyone to chosen identities. An external id is not a secret. */
const identityKeys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
];
/** Condition keys that restrict an account to some of its identities, or to an agreed external id. */
const accountKeys = ["aws:PrincipalArn", "sts:ExternalId"];

const settings = {
  allowedServices: listOf({
    of: "service principals",
    matching: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/,
    defaultValue: [],
    description: "Services that may assume roles. An empty list allows every service.",
  }),
  trustedAccounts: listOf({
    of: "account ids",
    matching: /^[0-9]{12}$/,
    defaultValue: [],
    description: "Ids of the accounts whose identities may all assume roles.",
  }),
};

export const iamRolesTrustChosenPrincipals = resourceRule({
  name: "iam-roles-trust-chosen-principals",
  title: "IAM roles trust chosen principals",
  description: "The trust policy of a role allows neither everyone nor a whole account.",
  severity: "critical",
  references: {
    checkov: ["CKV_AWS_60", "CKV_AWS_61"],
  },
  remediationSteps:
    "Specify the services, roles or identity providers that assume the role as Principal. Add accounts that are trusted as a whole to trustedAccounts in the config.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  types: [roleType],
  settings,
  evaluate: evaluateTrustPolicy(evaluatePrincipals),
});

type Config = ConfigOf<typeof settings>;

function evaluatePrincipals(statement: Statement, config: Config): StatementVerdict {
  const everyone = allowsEveryone({ ...statement, effect: "Allow" }, identityKeys);
  const principals = statement.principals ?? [];
  const questions: readonly (readonly [string, Decision])[] = [
    ["allows everyone: specify who may assume the role", everyone],
    [
      'has "*" for a type of principal: specify who may assume the role',
      some(principals, ({ kind, name }) => name === "*" && kind !== "*" && kind !== "AWS"),
    ],
    [
      "allows everyone in an account: specify its roles, or add it to trustedAccounts in the config",
      some(principals, (principal) => isWholeAccount(principal, statement, config)),
    ],
    [
      `allows a service other than ${config.allowedServices.join(", ")}: remove it, or add it to allowedServices in the config`,
      some(principals, (principal) => isOtherService(principal, config)),
    ],
  ];
  return {
    violations: questions.filter(([, answer]) => answer === true).map(([violation]) => violation),
    undecided: questions.some(([, answer]) => answer === UNKNOWN),
  };
}

interface KnownPrincipal {
  readonly kind: string;
  readonly name: string;
}

function some(
  principals: readonly Principal[],
  test: (principal: KnownPrincipal) => Decision,
): Decision {
  return anyOf(
    principals.map(({ kind, name }) =>
      kind === UNKNOWN || name === UNKNOWN ? UNKNOWN : test({ kind, name }),
    ),
  );
}

function isWholeAccount(
  { kind, name }: KnownPrincipal,
  statement: Statement,
  { trustedAccounts }: Config,
): Decision {
  const account = /^(?:arn:aws[a-z-]*:iam::)?([0-9]{12})(?::root)?$/.exec(name)?.[1];
  if (kind !== "AWS" || account === undefined || trustedAccounts.includes(account)) return false;
  const narrowed = isNarrowedBy(statement, accountKeys);
  return narrowed === UNKNOWN ? UNKNOWN : !narrowed;
}

function isOtherService({ kind, name }: KnownPrincipal, { allowedServices }: Config): boolean {
  return kind === "Service" && allowedServices.length > 0 && !allowedServices.includes(name);
}
