import type { AccessRequest } from "../accessRequest";
import type { Allowed, Decision, Denied } from "../decision";
import type { IamCondition, IamPolicy, IamStatement } from "../language/iamPolicy";
import { type ApplyingPolicies, authorize } from "./authorize";

/**
 * Like `authorize`, but undecided if the result depends on values that are unknown before the call:
 * the time, the organization, tags, addresses, and keys whose use AWS does not document.
 */
export function authorizeWithUnknowns(
  request: AccessRequest,
  policies: ApplyingPolicies,
): Decision {
  const keys = unknownKeys(request, policies);
  if (keys.size === 0) return authorize(request, policies);
  const worstCase = authorize(request, assumeConditions(policies, keys, "Deny"));
  if (worstCase.outcome === "allowed") return worstCase;
  const bestCase = authorizeBestCase(request, policies);
  if (bestCase.outcome === "denied") return bestCase;
  const names = [...keys].sort().join(", ");
  return {
    outcome: "undecided",
    reason: `policies depend on ${names}, unknown before the call`,
  };
}

/** Like `authorize`, with every unknown value in favor of the request. */
export function authorizeBestCase(
  request: AccessRequest,
  policies: ApplyingPolicies,
): Allowed | Denied {
  const keys = unknownKeys(request, policies);
  return authorize(request, assumeConditions(policies, keys, "Allow"));
}

const mayBeUnknown =
  /^aws:(?:(?:principal|resource|source)org(?:id|paths)|(?:principal|resource)tag\/.*|currenttime|epochtime|tokenissuetime|sourceip|sourcearn|sourceaccount|userid)$/iu;

/** Condition keys that policies use, that the request does not set, and that AWS may set. */
function unknownKeys({ context }: AccessRequest, policies: ApplyingPolicies): Set<string> {
  const known = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const { identity = [], boundary, resource } = policies;
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  const keys = all.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
  );
  return new Set(keys.filter((key) => mayBeUnknown.test(key) && !known.has(key.toLowerCase())));
}

/** The policies as if unknown conditions hold in statements of this effect and fail in others. */
function assumeConditions(
  { identity, boundary, resource, resourceAccount }: ApplyingPolicies,
  keys: ReadonlySet<string>,
  effect: IamStatement["effect"],
): ApplyingPolicies {
  const isUnknown = ({ key }: IamCondition): boolean => keys.has(key);
  const assumed = (policy: IamPolicy): IamPolicy => ({
    ...policy,
    statements: policy.statements.flatMap((statement) => {
      if (!statement.conditions.some(isUnknown)) return [statement];
      if (statement.effect !== effect) return [];
      const conditions = statement.conditions.filter((condition) => !isUnknown(condition));
      return [{ ...statement, conditions }];
    }),
  });
  return {
    resourceAccount,
    identity: identity?.map(assumed),
    ...(boundary && { boundary: assumed(boundary) }),
    ...(resource && { resource: assumed(resource) }),
  };
}
