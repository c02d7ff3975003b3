import type { Condition, Statement } from "./policyStatement";
import { allOf, anyOf, type Decision, UNKNOWN } from "./value";
import { hasWildcard } from "./wildcard";

/** Condition keys of every service that restrict the callers. */
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
 * Whether a statement of a resource's policy allows everyone, or all but some callers, without a
 * condition that restricts the callers. "Public" has the same meaning as in S3's own checks:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 *
 * @param narrowingKeys condition keys whose fixed values restrict the callers: `aws:PrincipalOrgID`
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

/** Whether a statement applies only to fixed values of one of some condition keys. */
export function isNarrowedBy(
  { conditions }: Statement,
  narrowingKeys: readonly string[],
): Decision {
  const keys = narrowingKeys.map((key) => key.toLowerCase());
  return conditions === UNKNOWN ? UNKNOWN : anyOf(conditions.map((found) => narrows(found, keys)));
}

/** Without IfExists and ForAllValues, which also match a request that lacks the key. */
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

/** Whether a value or pattern matches only identities that belong to a known owner. */
function isFixed(value: string): boolean {
  const [first, , , , account = "", ...name] = value.split(":");
  // In ARNs, any account can use the same resource name, except for bucket names.
  if (first === "arn") return !hasWildcard(account || (name[0] ?? "*"));
  const [head = ""] = value.split("/");
  return head !== "" && !hasWildcard(head) && !value.endsWith("/0");
}
