import { principalKeys, type Restriction, restrictionBy } from "../../reading/callerKeys";
import { accountOf, everyPrincipal, isLeftToChosen } from "../../reading/denial";
import type { Principal, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "../../reading/value";
import { hasWildcard } from "../../reading/wildcard";
import { roleType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { type ConfigOf, listOf } from "../../settings/setting";
import { evaluateTrustPolicy, type StatementVerdict } from "./evaluateStatements";

/**
 * Only keys of the principal restrict everyone to chosen identities: an external id is not a secret,
 * and a network is a boundary in addition to identities.
 * Source: IAM User Guide, "Use VPC condition keys to control federated access".
 */
const isIdentity = restrictionBy(principalKeys);
/** Condition keys that restrict an account to some of its identities. */
const isIdentityOfAccount = restrictionBy(["aws:PrincipalArn", "aws:userid"]);
const isExternalId = restrictionBy(["sts:ExternalId"]);

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
  evaluate: evaluateTrustPolicy(evaluatePrincipals, { reportsProblems: true }),
});

type Config = ConfigOf<typeof settings>;

function evaluatePrincipals(
  statement: Statement,
  config: Config,
  document: readonly Statement[],
): StatementVerdict {
  const principals = statement.principals ?? [];
  const isLeft = (principal: Principal, restricts: Restriction) =>
    isLeftToChosen(statement, principal, document, restricts);
  const questions: readonly (readonly [string, Decision])[] = [
    [
      "allows everyone: specify who may assume the role",
      allOf([
        anyOf([statement.everyone, statement.notPrincipals !== undefined]),
        not(isLeft(everyPrincipal, isIdentity)),
      ]),
    ],
    [
      'has "*" for a type of principal: specify who may assume the role',
      some(principals, ({ kind, name }) => name === "*" && kind !== "*" && kind !== "AWS"),
    ],
    [
      "has a wildcard in the name of a principal: name each principal, because AWS matches none by a pattern",
      some(principals, ({ name }) => name !== "*" && hasWildcard(name)),
    ],
    [
      "allows everyone in an account: specify its roles, add an external id that does not follow from the account, or add it to trustedAccounts in the config",
      some(principals, (principal) => {
        const account = wholeAccount(principal, config);
        return account !== undefined && not(isLeft(principal, accountRestriction(account)));
      }),
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

/** The id of an account that is allowed as a whole and that the config does not trust. */
function wholeAccount(
  { kind, name }: KnownPrincipal,
  { trustedAccounts }: Config,
): string | undefined {
  const account = kind === "AWS" ? accountOf(name) : undefined;
  return account === undefined || trustedAccounts.includes(account) ? undefined : account;
}

/** Everyone in an account knows its id, so that an external id that is made of it restricts nobody. */
function accountRestriction(account: string): Restriction {
  return (key, value) =>
    isIdentityOfAccount(key, value) || (isExternalId(key, value) && !followsFrom(account, value));
}

/** Whether an external id is the id of the account or the ARN of its root, however it is written. */
function followsFrom(account: string, externalId: string): boolean {
  const characters = externalId.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return new RegExp(`^(arn)?(aws[a-z]*?)?(iam)?(account)?${account}(root)?$`).test(characters);
}

function isOtherService({ kind, name }: KnownPrincipal, { allowedServices }: Config): boolean {
  return kind === "Service" && allowedServices.length > 0 && !allowedServices.includes(name);
}
