import { appliesToChosen, appliesToOthers } from "./callerConditions";
import type { Restriction } from "./callerKeys";
import { coversAccess, elementsOf } from "./denialCoverage";
import type { Pattern, Principal, Statement } from "./policyStatement";
import { sharedProviderOf } from "./sharedIdentityProviders";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "./value";
import { hasWildcard } from "./wildcard";

/** Every caller, as a principal. */
export const everyPrincipal: Principal = { kind: "*", name: "*" };

/**
 * Whether a statement, if its Effect is Allow, gives a principal access only for chosen callers: by its
 * own conditions, or because Deny statements of the document take the access from all others.
 *
 * @param document all statements of the document
 */
export function isLeftToChosen(
  statement: Statement,
  principal: Principal,
  document: readonly Statement[],
  restricts: Restriction,
): Decision {
  return anyOf([
    appliesToChosen(statement, restricts),
    isDeniedToOthers(statement, principal, document, restricts),
  ]);
}

/**
 * Whether Deny statements of a document take from a principal what a statement grants it, for all
 * callers but chosen ones. Each pair of an action and a resource needs one Deny that covers it.
 */
function isDeniedToOthers(
  granting: Statement,
  principal: Principal,
  document: readonly Statement[],
  restricts: Restriction,
): Decision {
  const denials = document.filter(({ effect }) => effect !== "Allow");
  if (denials.length === 0) return false;
  const isRelevant = (denial: Statement): Decision =>
    allOf([
      denial.effect === UNKNOWN ? UNKNOWN : true,
      namesPrincipal(denial, principal),
      appliesToOthers(denial, restricts),
    ]);
  const relevant = denials.filter((denial) => isRelevant(denial) !== false);
  const actions = elementsOf(granting.action, granting.notAction);
  const resources = elementsOf(granting.resource, granting.notResource);
  return allOf(
    actions.flatMap((action) =>
      resources.map((resource) =>
        anyOf(
          relevant.map((denial) =>
            allOf([isRelevant(denial), coversAccess(denial, { action, resource })]),
          ),
        ),
      ),
    ),
  );
}

/** Whether a Deny applies to a principal. Identity policies have no principals and apply to one. */
function namesPrincipal(
  { everyone, principals, notPrincipals }: Statement,
  of: Principal,
): Decision {
  if (principals === undefined && notPrincipals === undefined) return true;
  return allOf([
    principals === undefined ||
      anyOf([everyone, ...principals.map((principal) => isSame(principal, of))]),
    notPrincipals === undefined ||
      not(anyOf(notPrincipals.map((left) => anyOf([standsForMany(left), isSame(left, of)])))),
  ]);
}

function isSame(one: Principal, other: Principal): Decision {
  if ([one.kind, one.name, other.kind, other.name].includes(UNKNOWN)) return UNKNOWN;
  return one.kind === other.kind && ownerOf(one) === ownerOf(other);
}

/**
 * Whether a principal stands for more than a fixed one. AWS takes no wildcard in the name of a principal
 * but `*` alone. Anyone can have an identity of a provider such as `graph.facebook.com`, which S3
 * counts as public.
 */
export function standsForMany({ kind, name }: Principal): Decision {
  if (kind === UNKNOWN || name === UNKNOWN) return UNKNOWN;
  return hasWildcard(name) || (kind === "Federated" && sharedProviderOf(name) !== undefined);
}

/** `123456789012` and `arn:aws:iam::123456789012:root` are the same principal. */
function ownerOf({ name }: Principal): Pattern {
  return name === UNKNOWN ? name : (accountOf(name) ?? name);
}

/** The id of the account that a name of kind `AWS` means as a whole. */
export function accountOf(name: string): string | undefined {
  return /^(?:arn:aws[a-z-]*:iam::)?([0-9]{12})(?::root)?$/.exec(name)?.[1];
}
