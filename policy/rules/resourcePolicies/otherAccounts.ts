import type { PolicyResource } from "@pulumi/policy";
import { allowsEveryone, callerKeys } from "../../reading/everyone";
import type { Condition, Pattern, Principal, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, readValue, UNKNOWN, type Value } from "../../reading/value";
import { topicPolicyType } from "../../resourceTypes";
import type { StackRuleDefinition } from "../../rule/stackRule";
import { listOf } from "../../settings/setting";
import { appendTo, type Kind } from "../../stack/link";
import { oncePerStack, type Stack } from "../../stack/stack";
import { readResourcePolicy, statementsOf } from "./resourcePolicy";

/** The setting of rules on what other accounts may do. */
export const accountSettings = {
  allowedAccounts: listOf({
    of: "account ids",
    matching: /^[0-9]{12}$/,
    defaultValue: [],
    description:
      "Ids of the accounts that the policy may allow, in addition to the account of the stack's resources.",
  }),
};

interface Restriction {
  /** What has a policy in-line, unless a companion has it: a type that refers to it by a property. */
  readonly kind: Kind;
  readonly companionType: string;
  readonly companionPath: string;
  /** Whether a statement allows what other accounts must not do. */
  readonly concerns: (statement: Statement) => Decision;
  /** What the statement allows, as in "allows another account to publish". */
  readonly what: string;
  readonly fix: string;
}

/** Evaluates what a resource's policy allows accounts other than its own. */
export function restrictOtherAccounts({
  kind,
  companionType,
  companionPath,
  concerns,
  what,
  fix,
}: Restriction): StackRuleDefinition<typeof accountSettings>["evaluate"] {
  return (resource, verdict, { allowedAccounts }, stack) => {
    const isOwner = resource.type !== companionType;
    // After the update, the policy of a companion is also an output of its owner.
    const companions = isOwner
      ? stack.referrers(resource, kind, [companionType], companionPath).certain
      : [];
    if (companions.length > 0) return;
    const policy = readResourcePolicy(resource);
    const statements = statementsOf(policy, verdict);
    const admits = (statement: Statement, own: ReadonlySet<string>): Decision =>
      allOf([
        statement.effect === UNKNOWN ? UNKNOWN : statement.effect === "Allow",
        concerns(statement),
        admitsOthers(
          statement,
          statements,
          (account) => allowedAccounts.includes(account) || own.has(account),
        ),
      ]);
    const suspects = statements.filter((statement) => admits(statement, new Set()) !== false);
    if (policy === undefined || suspects.length === 0) return;
    const own = ownAccounts(resource, stack);
    for (const statement of suspects) {
      const isForeign = admits(statement, own.accounts);
      if (isForeign === false) continue;
      if (isForeign === UNKNOWN) verdict.undecided(policy.path);
      else if (own.mayGrow) verdict.undecided("the account of the resource");
      else {
        const who =
          own.accounts.size > 0 ? "another account" : "an account that can be another one";
        verdict.violation(
          `${policy.path}: ${statement.path} allows ${who} to ${what}: ${fix}, or add the account to allowedAccounts in the config.`,
        );
      }
    }
  };
}

/** Everyone without a condition that restricts the callers is the finding of another rule. */
function admitsOthers(
  statement: Statement,
  document: readonly Statement[],
  isAllowed: (account: string) => boolean,
): Decision {
  const { principals = [], conditions } = statement;
  const isForeign = (account: Pattern): Decision =>
    account === UNKNOWN ? UNKNOWN : !isAllowed(account);
  const named = principals.map((principal): Decision => {
    const account = principalAccount(principal);
    return account !== undefined && isForeign(account);
  });
  if (statement.everyone !== true) return anyOf(named);
  const isPublic = allowsEveryone({ ...statement, effect: "Allow" }, callerKeys, document);
  if (isPublic === UNKNOWN || conditions === UNKNOWN) return UNKNOWN;
  const accounts = conditions.filter(namesAccounts).flatMap(({ values }) => values.map(accountOf));
  const reachesOthers = accounts.length === 0 || anyOf(accounts.map(isForeign));
  return anyOf([...named, !isPublic && reachesOthers]);
}

function namesAccounts({ operator, key }: Condition): boolean {
  return (
    /^(StringEquals|StringLike|ArnEquals|ArnLike)$/i.test(operator) &&
    /^aws:(PrincipalAccount|PrincipalArn|SourceAccount|SourceArn)$/i.test(key)
  );
}

/** `undefined` for services, identity providers and everyone, which do not belong to an account. */
export function principalAccount({ kind, name }: Principal): Pattern | undefined {
  if (kind === UNKNOWN) return UNKNOWN;
  // A canonical user id stands for an account whose other id it does not show.
  if (kind === "CanonicalUser") return name;
  return kind !== "AWS" || name === "*" ? undefined : accountOf(name);
}

/** Of an ARN, or of an account id, which means the root of the account. */
export function accountOf(name: unknown): Pattern {
  if (typeof name !== "string") return UNKNOWN;
  return name.startsWith("arn:") ? (name.split(":")[4] ?? "") : name;
}

interface OwnAccounts {
  readonly accounts: ReadonlySet<string>;
  /** Whether the update may reveal the account. */
  readonly mayGrow: boolean;
}

/** The account of a resource: that of its ARN, or those of the resources of the same provider. */
function ownAccounts({ props, provider }: PolicyResource, stack: Stack): OwnAccounts {
  const own = accountsIn([readValue(props, "arn")]);
  if (own.accounts.size > 0) return own;
  const declared = accountsOfProviders(stack).get(provider?.urn) ?? accountsIn([]);
  const mayGrow = declared.mayGrow || (own.mayGrow && declared.accounts.size === 0);
  return { accounts: declared.accounts, mayGrow };
}

/**
 * By the URN of the provider, without buckets, whose ARNs name no account, and topic policies, whose
 * ARN is that of a topic which can belong to any account.
 */
const accountsOfProviders = oncePerStack((stack) => {
  const arns = new Map<string | undefined, (Value | undefined)[]>();
  for (const { type, props, provider } of stack.resources) {
    if (type.startsWith("aws:s3/") || type === topicPolicyType) continue;
    appendTo(arns, provider?.urn, readValue(props, "arn"));
  }
  return new Map([...arns].map(([provider, found]) => [provider, accountsIn(found)]));
});

function accountsIn(arns: readonly (Value | undefined)[]): OwnAccounts {
  const accounts = arns
    .map(accountOf)
    .filter((account) => account !== UNKNOWN)
    .filter((account) => /^[0-9]{12}$/.test(account));
  return {
    accounts: new Set(accounts),
    mayGrow: accounts.length === 0 && arns.includes(UNKNOWN),
  };
}
