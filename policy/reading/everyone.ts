import { allOf, anyOf, type Decision, UNKNOWN } from "./value";
import type { Condition, Statement } from "./policyStatement";
import { hasWildcard } from "./wildcard";

/** Condition keys of every service by which a policy chooses its callers. */
export const callerKeys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceVpc",
  "aws:SourceVpce",
] as const;

/**
 * Whether a statement of a resource's policy lets in callers that nobody chose: everyone, or all but
 * some, without a condition that narrows it. The idea of "public" is that of S3's own checks:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 *
 * @param narrowingKeys condition keys by whose fixed values somebody is chosen: `aws:PrincipalOrgID`
 */
export function allowsEveryone(statement: Statement, narrowingKeys: readonly string[]): Decision {
  const { effect, everyone, notPrincipals } = statement;
  const isNarrowed = isNarrowedBy(statement, narrowingKeys);
  return allOf([
    effect === UNKNOWN ? UNKNOWN : effect === "Allow",
    anyOf([everyone, notPrincipals !== undefined]),
    isNarrowed === UNKNOWN ? UNKNOWN : !isNarrowed,
  ]);
}

/** Whether a statement only holds for fixed values of one of some condition keys. */
export function isNarrowedBy(
  { conditions }: Statement,
  narrowingKeys: readonly string[],
): Decision {
  const keys = narrowingKeys.map((key) => key.toLowerCase());
  return conditions === UNKNOWN ? UNKNOWN : anyOf(conditions.map((found) => narrows(found, keys)));
}

/** Not the forms with IfExists or ForAllValues: they hold for a request that lacks the key. */
const narrowingOperator =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/i;

function narrows({ operator, key, values }: Condition, keys: readonly string[]): Decision {
  return allOf([
    narrowingOperator.test(operator),
    keys.includes(key.toLowerCase()),
    values.length > 0,
    ...values.map((value) => (value === UNKNOWN ? UNKNOWN : isFixed(value))),
  ]);
}

/** Whether a value, be it a pattern, can only be met by what somebody owns. */
function isFixed(value: string): boolean {
  const [first, , , , account = "", ...name] = value.split(":");
  // Names in ARNs can be taken by anyone in an account of their own, except for those of buckets.
  if (first === "arn") return !hasWildcard(account || (name[0] ?? "*"));
  const [head = ""] = value.split("/");
  return head !== "" && !hasWildcard(head) && !value.endsWith("/0");
}
