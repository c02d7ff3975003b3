import { GetRoleCommand, type IAMClient } from "@aws-sdk/client-iam";
import type { Parts } from "../evidence";
import type { AccessModel, ResourcePolicy, RoleRequest } from "./accessModel";
import type { Attempts } from "./attempts";
import { type RoleDecision, simulateRoles } from "./simulateRoles";

type Decisions = Parts["access"];

/** What the policies of resources are; "unknown" if one could not be read. */
export type ResourcePolicies = (resource: string) => ResourcePolicy | "none" | "unknown";

export interface AccessSources {
  readonly client: IAMClient;
  readonly model: AccessModel;
  /** Those of the bucket and of the keys. */
  readonly policies: ResourcePolicies;
  readonly attempts: Attempts;
}

/** Decides on all requests of a delivery stream: roles by AWS's simulation, resources by their policies. */
export async function readAccess(
  requests: readonly RoleRequest[],
  sources: AccessSources,
): Promise<Decisions> {
  const trusts = requests.filter(({ action }) => action === "sts:AssumeRole");
  const ofRoles = requests.filter(({ caller }) => "roleArn" in caller);
  const ofServices = requests.filter(
    (request) => !trusts.includes(request) && !ofRoles.includes(request),
  );
  const [trust, roles] = await Promise.all([
    Promise.all(unique(trusts).map((request) => trustDecision(request, sources))),
    simulateRoles(sources.client, ofRoles, sources.attempts),
  ]);
  return [
    ...trust.flatMap((decision) => decision ?? []),
    ...[...roles].map(([request, decision]) => withResource(request, decision, sources)),
    ...ofServices.map((request) => withResource(request, undefined, sources)),
  ];
}

/** Several features can use one role. */
function unique(trusts: readonly RoleRequest[]): readonly RoleRequest[] {
  return [...new Map(trusts.map((request) => [request.resource, request])).values()];
}

async function trustDecision(
  request: RoleRequest,
  { client, model, attempts }: AccessSources,
): Promise<Decisions[number] | undefined> {
  const { resource: roleArn, action } = request;
  const answer = await attempts.attempt("access", "iam:GetRole", () =>
    client.send(new GetRoleCommand({ RoleName: roleArn.split("/").at(-1) ?? roleArn })),
  );
  if (answer === undefined) return undefined;
  const common = { roleArn, action, resource: roleArn, by: "trust policy" };
  if (answer === "missing")
    return { ...common, outcome: "denied", reason: `IAM has no role ${roleArn}` };
  // IAM encodes the documents of policies like URLs.
  const json = decodeURIComponent(answer.Role?.AssumeRolePolicyDocument ?? "");
  return { ...common, ...model.decide(request, false, { name: "trust policy", json }) };
}

/** @param ofRole absent for a service that calls as itself */
function withResource(
  request: RoleRequest,
  ofRole: RoleDecision | undefined,
  { model, policies }: AccessSources,
): Decisions[number] {
  const { caller, action, resource } = request;
  const roleArn = "roleArn" in caller ? caller.roleArn : caller.service;
  const policy = policies(resource);
  const own = ofRole && {
    ...{ roleArn, action, resource, outcome: ofRole.outcome, by: ofRole.by },
    ...(ofRole.reason !== undefined && { reason: ofRole.reason }),
  };
  // An explicit denial is final, and an unknown policy leaves what the role's policies decide.
  if (own && (policy === "unknown" || ofRole.explicit || ofRole.outcome === "undecided"))
    return own;
  if (policy === "unknown")
    return { roleArn, action, resource, outcome: "undecided", by: "key policy" };
  const known = policy === "none" ? undefined : policy;
  const decided = model.decide(request, ofRole?.outcome === "allowed", known);
  if (own?.outcome === "denied" && decided.outcome === "denied") return own;
  return { roleArn, action, resource, by: known?.name ?? "policies of the role", ...decided };
}
