import {
  type AccessRequest,
  type CallerIdentity,
  callerIdentity,
  RequestContext,
} from "../accessRequest";
import type { Allowed, Denied } from "../decision";
import { explicitDenial, implicitDenial } from "./denial";
import type { IamPolicy } from "../language/iamPolicy";
import { evaluateIdentity, evaluateResource } from "./policyVerdict";
import {
  type Grants,
  grantsAcrossAccounts,
  grantsForService,
  type GrantResult,
  grantsWhereResourceDecides,
  grantsWithinAccount,
  type PolicyKind,
} from "./requiredGrants";

/** The policies that decide about a request. */
export interface ApplyingPolicies {
  /** Of the calling role; a service has none. What is undefined here grants nothing. */
  readonly identity?: readonly IamPolicy[] | undefined;
  /** Permissions boundary of the calling role: it limits and grants nothing. */
  readonly boundary?: IamPolicy;
  /** Policy on the resource: of a bucket, a key, a stream, the trust policy of a role. */
  readonly resource?: IamPolicy;
  /** Id of the account that owns the resource. */
  readonly resourceAccount: string;
}

/**
 * What IAM says to a request. A denial wins over all grants. Policies of an organization, of a
 * session and of a VPC endpoint, and grants of a key, are unknown here.
 *
 * The grants of an `Allowed` are the first that suffice in the order of the policies: those of the
 * role, where they do, before those of the resource.
 *
 * Source: IAM User Guide, "Policy evaluation logic" and "Cross-account policy evaluation logic".
 *
 * @throws if a policy cannot stand where it stands: one of a role with a Principal, one of a
 * resource without
 */
export function authorize(request: AccessRequest, policies: ApplyingPolicies): Allowed | Denied {
  const caller = callerIdentity(request.caller);
  const matched = { ...request, context: new RequestContext(request.context) };
  const own: Partial<ApplyingPolicies> = caller.kind === "service" ? {} : policies;
  const boundary = own.boundary && evaluateIdentity([own.boundary], matched);
  const identity = evaluateIdentity(own.identity ?? [], matched);
  const resource = evaluateResource(policies.resource, matched, caller, boundary !== undefined);

  const verdicts: readonly (readonly [PolicyKind, boolean])[] = [
    ["identity-based policy", identity.denies],
    ["permissions boundary", boundary?.denies ?? false],
    ["resource-based policy", resource.denies],
  ];
  const [denying] = verdicts.find(([, denies]) => denies) ?? [];
  if (denying !== undefined) return explicitDenial(request, caller, denying);

  const withinBoundary = boundary === undefined || boundary.grant !== undefined;
  const grants = { identity: identity.grant, withinBoundary, resource: resource.grants };
  const result = allow(request, caller, policies.resourceAccount, grants);
  return "lacking" in result
    ? implicitDenial(request, caller, result.lacking)
    : { outcome: "allowed", grants: result.needed };
}

function allow(
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
