import type { AccessRequest, CallerIdentity } from "../accessRequest";
import type { Denied } from "../decision";
import type { PolicyKind } from "./requiredGrants";

/**
 * AWS's denial message if a policy denies the request. S3 quotes the resource. STS gives no reason
 * unless the trust policy denies.
 *
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function explicitDenial(
  request: AccessRequest,
  caller: CallerIdentity,
  denying: PolicyKind,
): Denied {
  if (denying === "resource-based policy" && isOfSts(request))
    return denied(request, caller, " with an explicit deny in the role trust policy");
  const article = denying === "identity-based policy" ? "an" : "a";
  return denied(request, caller, ` with an explicit deny in ${article} ${denying}`);
}

/** AWS's denial message if no policy of a required kind allows the request. */
export function implicitDenial(
  request: AccessRequest,
  caller: CallerIdentity,
  missing: PolicyKind,
): Denied {
  if (isOfSts(request)) return denied(request, caller, "");
  return denied(request, caller, ` because no ${missing} allows the ${request.action} action`);
}

function denied(
  { action, resource }: AccessRequest,
  caller: CallerIdentity,
  reason: string,
): Denied {
  const shown = action.toLowerCase().startsWith("s3:") ? `"${resource}"` : resource;
  return {
    outcome: "denied",
    message: `User: ${caller.name} is not authorized to perform: ${action} on resource: ${shown}${reason}`,
  };
}

function isOfSts({ action }: AccessRequest): boolean {
  return action.toLowerCase().startsWith("sts:");
}
