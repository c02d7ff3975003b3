import type { AccessRequest, CallerIdentity } from "../accessRequest";
import type { Denied } from "../decision";
import type { PolicyKind } from "./requiredGrants";

/**
 * A denial as AWS words it. S3 puts the resource in quotes. For a role that may not be assumed, STS
 * gives no reason unless its trust policy denies.
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

/** A denial because nothing allows it. */
export function implicitDenial(
  request: AccessRequest,
  caller: CallerIdentity,
  lacking: PolicyKind,
): Denied {
  if (isOfSts(request)) return denied(request, caller, "");
  return denied(request, caller, ` because no ${lacking} allows the ${request.action} action`);
}

function denied({ action, resource }: AccessRequest, caller: CallerIdentity, why: string): Denied {
  const shown = action.toLowerCase().startsWith("s3:") ? `"${resource}"` : resource;
  return {
    outcome: "denied",
    message: `User: ${caller.name} is not authorized to perform: ${action} on resource: ${shown}${why}`,
  };
}

function isOfSts({ action }: AccessRequest): boolean {
  return action.toLowerCase().startsWith("sts:");
}
