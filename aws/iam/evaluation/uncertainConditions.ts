import type { AccessRequest } from "../accessRequest";
import { type ApplyingPolicies, authorize } from "./authorize";
import type { Allowed, Decision, Denied } from "../decision";
import type { IamCondition, IamPolicy, IamStatement } from "../language/iamPolicy";

/**
 * As `authorize`, and undecided where it depends on what nobody knows before the call: the time, the
 * organization, tags, addresses, and what no documentation settles.
 */
export function authorizeAsFarAsKnown(
  request: AccessRequest,
  policies: ApplyingPolicies,
): Decision {
  const keys = uncertainKeys(request, policies);
  if (keys.size === 0) return authorize(request, policies);
  const atWorst = authorize(request, withoutUncertain(policies, keys, "Deny"));
  if (atWorst.outcome === "allowed") return atWorst;
  const atBest = authorizeAtBest(request, policies);
  if (atBest.outcome === "denied") return atBest;
  const names = [...keys].sort().join(", ");
  return { outcome: "undecided", reason: `policies ask for ${names}, unknown before the call` };
}

/** As `authorize`, if all that nobody knows before the call were in its favour. */
export function authorizeAtBest(
  request: AccessRequest,
  policies: ApplyingPolicies,
): Allowed | Denied {
  const keys = uncertainKeys(request, policies);
  return authorize(request, withoutUncertain(policies, keys, "Allow"));
}

const uncertain =
  /^aws:(?:(?:principal|resource|source)org(?:id|paths)|(?:principal|resource)tag\/.*|currenttime|epochtime|tokenissuetime|sourceip|sourcearn|sourceaccount|userid)$/iu;

/** Keys of conditions that the request says nothing of and that AWS may. */
function uncertainKeys({ context }: AccessRequest, policies: ApplyingPolicies): Set<string> {
  const said = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const { identity = [], boundary, resource } = policies;
  const all = [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])];
  const keys = all.flatMap(({ statements }) =>
    statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
  );
  return new Set(keys.filter((key) => uncertain.test(key) && !said.has(key.toLowerCase())));
}

/** The policies as if all uncertain conditions of statements of this effect held, and of no other. */
function withoutUncertain(
  { identity, boundary, resource, resourceAccount }: ApplyingPolicies,
  keys: ReadonlySet<string>,
  effect: IamStatement["effect"],
): ApplyingPolicies {
  const isUncertain = ({ key }: IamCondition): boolean => keys.has(key);
  const settled = (policy: IamPolicy): IamPolicy => ({
    ...policy,
    statements: policy.statements.flatMap((statement) => {
      if (!statement.conditions.some(isUncertain)) return [statement];
      if (statement.effect !== effect) return [];
      const conditions = statement.conditions.filter((condition) => !isUncertain(condition));
      return [{ ...statement, conditions }];
    }),
  });
  return {
    resourceAccount,
    identity: identity?.map(settled),
    ...(boundary && { boundary: settled(boundary) }),
    ...(resource && { resource: settled(resource) }),
  };
}
