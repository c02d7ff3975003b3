import { appliesToChosen } from "./callerConditions";
import { restrictionBy } from "./callerKeys";
import { everyPrincipal, isLeftToChosen, standsForMany } from "./denial";
import type { Principal, Statement } from "./policyStatement";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "./value";

export { bucketCallerKeys, callerKeys, kmsCallerKeys } from "./callerKeys";

/**
 * Whether a statement of a resource's policy allows everyone, or all but some callers: neither a
 * condition of its own nor a Deny statement of the document restricts the callers. "Public" has the
 * same meaning as in S3's own checks:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 *
 * @param keys condition keys whose fixed values restrict the callers: `callerKeys` and those of the
 *   service
 * @param document all statements of the document
 */
export function allowsEveryone(
  statement: Statement,
  keys: readonly string[],
  document: readonly Statement[],
): Decision {
  const restricts = restrictionBy(keys);
  return allOf([
    statement.effect === UNKNOWN ? UNKNOWN : statement.effect === "Allow",
    anyOf(
      openPrincipals(statement)
        .filter(([, isOpen]) => isOpen !== false)
        .map(([principal, isOpen]) =>
          allOf([isOpen, not(isLeftToChosen(statement, principal, document, restricts))]),
        ),
    ),
  ]);
}

/** Whether a statement applies only to fixed values of one of some condition keys. */
export function isNarrowedBy(statement: Statement, keys: readonly string[]): Decision {
  return appliesToChosen(statement, restrictionBy(keys));
}

/** Each principal, with whether it stands for more than a fixed one: everyone, or a whole provider. */
function openPrincipals({
  everyone,
  principals = [],
  notPrincipals,
}: Statement): readonly (readonly [Principal, Decision])[] {
  return [
    [everyPrincipal, anyOf([everyone, notPrincipals !== undefined])],
    ...principals.map((principal) => [principal, standsForMany(principal)] as const),
  ];
}
