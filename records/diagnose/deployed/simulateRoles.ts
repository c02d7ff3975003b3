import {
  type ContextEntry,
  type EvaluationResult,
  type IAMClient,
  SimulatePrincipalPolicyCommand,
} from "@aws-sdk/client-iam";
import type { RoleRequest } from "./accessModel";
import type { Attempts } from "./attempts";

/** What the policies of a role decide on a request. */
export interface RoleDecision {
  readonly outcome: "allowed" | "denied" | "undecided";
  /** Whether a statement denies it, so that no resource policy can allow it. */
  readonly explicit: boolean;
  /** What decides, e.g. `policies of the role`. */
  readonly by: string;
  readonly reason?: string;
}

/**
 * Simulates requests of roles with the policies that they have now, those of their boundaries and of the
 * organization. It does not simulate resource policies: AWS supports them for users only.
 *
 * Source: AWS IAM API Reference, SimulatePrincipalPolicy.
 *
 * @returns a decision for each request that could be simulated
 */
export async function simulateRoles(
  client: IAMClient,
  requests: readonly RoleRequest[],
  attempts: Attempts,
): Promise<ReadonlyMap<RoleRequest, RoleDecision>> {
  const decisions = new Map<RoleRequest, RoleDecision>();
  await Promise.all(
    [...simulations(requests).values()].map(async (together) => {
      for (const [request, result] of await simulate(client, together, attempts))
        decisions.set(request, decisionOf(request, result));
    }),
  );
  return decisions;
}

/** Requests with the same role, resource and context are simulated in one call. */
function simulations(
  requests: readonly RoleRequest[],
): ReadonlyMap<string, readonly RoleRequest[]> {
  const groups = new Map<string, RoleRequest[]>();
  for (const request of requests) {
    const key = JSON.stringify([request.caller, request.resource, request.context]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return groups;
}

async function simulate(
  client: IAMClient,
  requests: readonly RoleRequest[],
  attempts: Attempts,
): Promise<readonly (readonly [RoleRequest, EvaluationResult])[]> {
  const [first] = requests;
  if (first === undefined || !("roleArn" in first.caller)) return [];
  const { roleArn } = first.caller;
  const input = {
    PolicySourceArn: roleArn,
    ActionNames: [...new Set(requests.map(({ action }) => action))],
    ResourceArns: [first.resource],
    ContextEntries: contextEntries(first.context),
  };
  const answer = await attempts.attempt("access", "iam:SimulatePrincipalPolicy", () =>
    client.send(new SimulatePrincipalPolicyCommand(input)),
  );
  if (answer === "missing")
    attempts.note({ part: "access", reason: `there is no role ${roleArn} in this account` });
  if (typeof answer !== "object") return [];
  const results = answer.EvaluationResults ?? [];
  return requests.flatMap((request) => {
    const result = results.find(
      ({ EvalActionName: name }) => name?.toLowerCase() === request.action.toLowerCase(),
    );
    return result === undefined ? [] : [[request, result] as const];
  });
}

const BOOLEANS = new Set(["aws:SecureTransport", "aws:ViaAWSService", "aws:PrincipalIsAWSService"]);

function contextEntries(context: RoleRequest["context"]): ContextEntry[] {
  return Object.entries(context).flatMap(([name, value]) => {
    const values = typeof value === "string" ? [value] : [...value];
    if (values.length === 0 || name.includes("*")) return [];
    return { ContextKeyName: name, ContextKeyValues: values, ContextKeyType: typeOf(name, value) };
  });
}

function typeOf(
  name: string,
  value: string | readonly string[],
): "string" | "stringList" | "boolean" | "numeric" {
  if (typeof value !== "string") return "stringList";
  if (BOOLEANS.has(name)) return "boolean";
  return name === "s3:TlsVersion" ? "numeric" : "string";
}

function decisionOf(request: RoleRequest, result: EvaluationResult): RoleDecision {
  const { decision, missing } = ofResource(request, result);
  const explicit = decision === "explicitDeny";
  if (decision === "allowed") return { outcome: "allowed", explicit, by: "policies of the role" };
  const by = deniedBy(result);
  if (!explicit && missing.length > 0)
    return { outcome: "undecided", explicit, by, reason: `it depends on ${missing.join(", ")}` };
  const { action, resource } = request;
  const statement = result.MatchedStatements?.[0]?.SourcePolicyId;
  const denying = explicit && statement !== undefined ? ` (${statement})` : "";
  const reason = `simulation: ${decision ?? "denied"}${denying} for ${action} on ${resource}`;
  return { outcome: "denied", explicit, by, reason };
}

/** With a list of resources, the decision and what it depends on are those of the resource. */
function ofResource(
  { resource }: RoleRequest,
  { EvalDecision, MissingContextValues = [], ResourceSpecificResults = [] }: EvaluationResult,
) {
  const specific = ResourceSpecificResults.find(({ EvalResourceName: name }) => name === resource);
  return {
    decision: specific?.EvalResourceDecision ?? EvalDecision,
    missing: specific?.MissingContextValues ?? MissingContextValues,
  };
}

function deniedBy({
  OrganizationsDecisionDetail: organization,
  PermissionsBoundaryDecisionDetail: boundary,
  ResourceSpecificResults: [specific] = [],
}: EvaluationResult): string {
  if (organization?.AllowedByOrganizations === false)
    return "service control policies of the organization";
  const ofBoundary = specific?.PermissionsBoundaryDecisionDetail ?? boundary;
  if (ofBoundary?.AllowedByPermissionsBoundary === false) return "permissions boundary of the role";
  return "policies of the role";
}
