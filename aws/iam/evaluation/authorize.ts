import {
  type AccessRequest,
  type CallerIdentity,
  callerIdentity,
  RequestContext,
} from "../accessRequest";
import type { Allowed, Decision, Denied } from "../decision";
import type { IamPolicy, IamStatement } from "../language/iamPolicy";
import { explicitDenial, implicitDenial } from "./denial";
import { evaluateIdentityPolicies, evaluateResourcePolicy } from "./policyVerdict";
import {
  type GrantResult,
  type Grants,
  grantsAcrossAccounts,
  grantsForService,
  grantsWhereResourceDecides,
  grantsWithinAccount,
  type PolicyKind,
} from "./requiredGrants";

/** The policies that apply to a request. */
export interface ApplyingPolicies {
  /** Policies of the calling role; a service has none. Undefined grants nothing. */
  readonly identity?: readonly IamPolicy[] | undefined;
  /** Permissions boundary of the calling role: it limits grants and adds none. */
  readonly boundary?: IamPolicy;
  /** Policy of the resource: a bucket, key or stream policy, or the trust policy of a role. */
  readonly resource?: IamPolicy;
  /** ID of the account that owns the resource. */
  readonly resourceAccount: string;
}

/**
 * Authorizes a request. An explicit deny overrides all grants. Organization, session and VPC
 * endpoint policies and KMS grants are not evaluated. The decision is undecided if it depends on
 * condition keys that the context of the request does not list.
 *
 * The grants of an `Allowed` are the first sufficient ones in the order of the policies: those of
 * the role if they are enough, before those of the resource.
 *
 * Source: IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
 *
 * @throws if an identity-based policy has a Principal, or a resource-based policy has none
 */
export function authorize(request: AccessRequest, policies: ApplyingPolicies): Decision {
  const context = new RequestContext(request.context);
  const worstCase = authorizeAssuming("Deny", request, context, policies);
  if (worstCase.outcome === "allowed" || context.unknownKeys.length === 0) return worstCase;
  const bestCase = authorizeAssuming("Allow", request, context, policies);
  if (bestCase.outcome === "denied") return bestCase;
  const names = [...context.unknownKeys].sort().join(", ");
  return {
    outcome: "undecided",
    reason: `policies depend on ${names}, unknown before the call`,
  };
}

/** Like `authorize`, with everything that is unknown in favor of the request. */
export function authorizeBestCase(
  request: AccessRequest,
  policies: ApplyingPolicies,
): Allowed | Denied {
  return authorizeAssuming("Allow", request, new RequestContext(request.context), policies);
}

/** @param assumed of which effect statements apply if it is unknown whether they match */
function authorizeAssuming(
  assumed: IamStatement["effect"],
  request: AccessRequest,
  context: RequestContext,
  policies: ApplyingPolicies,
): Allowed | Denied {
  const caller = callerIdentity(request.caller);
  const matched = { ...request, context, assumed };
  const own: Partial<ApplyingPolicies> = caller.kind === "service" ? {} : policies;
  const boundary = own.boundary && evaluateIdentityPolicies([own.boundary], matched);
  const identity = evaluateIdentityPolicies(own.identity ?? [], matched);
  const resource = evaluateResourcePolicy(
    policies.resource,
    matched,
    caller,
    boundary !== undefined,
  );

  const verdicts: readonly (readonly [PolicyKind, boolean])[] = [
    ["identity-based policy", identity.denies],
    ["permissions boundary", boundary?.denies ?? false],
    ["resource-based policy", resource.denies],
  ];
  const [denying] = verdicts.find(([, denies]) => denies) ?? [];
  if (denying !== undefined) return explicitDenial(request, caller, denying);

  const withinBoundary = boundary === undefined || boundary.grant !== undefined;
  const grants = { identity: identity.grant, withinBoundary, resource: resource.grants };
  const result = requiredGrants(request, caller, policies.resourceAccount, grants);
  return "missing" in result
    ? implicitDenial(request, caller, result.missing)
    : { outcome: "allowed", grants: result.needed };
}

function requiredGrants(
  { action }: AccessRequest,
  caller: CallerIdentity,
  resourceAccount: string,
  grants: Grants,
): GrantResult {
  if (caller.kind === "service") return grantsForService(grants);
  if (caller.account !== resourceAccount) return grantsAcrossAccounts(grants);
  return /^(?:kms|sts):/iu.test(action)
    ? grantsWhereResourceDecides(grants)
    : grantsWithinAccount(grants);
}
