import type { IAMClient } from "@aws-sdk/client-iam";
import type {
  DeployerStatement,
  DeployerPermissions,
} from "../../local/access/deployer/deployerPermissions";
import { NotChecked } from "./finding";
import type { Identity } from "./subject";

/** An action that AWS would deny. */
export interface DeniedAction {
  readonly action: string;
  /** ARN, with invented characters where only the deployment will know them. */
  readonly resource: string;
  /** Whether a policy denies it, and not only no policy allows it. */
  readonly isExplicit: boolean;
}

/**
 * Asks IAM which of the permissions the policies of a principal do not allow. Policies of resources, such as
 * those of keys, are not part of the answer.
 *
 * @throws NotChecked for a principal without policies
 * @throws the error of the AWS client
 */
export async function deniedActions(
  client: IAMClient,
  { statements }: DeployerPermissions,
  identity: Identity,
  signal: AbortSignal,
): Promise<readonly DeniedAction[]> {
  const principal = await principalOf(client, identity, signal);
  const denied: DeniedAction[] = [];
  // One after the other: IAM throttles simulations early.
  for (const statement of statements)
    denied.push(...(await deniedBy(client, principal, statement, signal)));
  return denied;
}

async function deniedBy(
  client: IAMClient,
  principal: string,
  { actions, resources, condition }: DeployerStatement,
  signal: AbortSignal,
): Promise<readonly DeniedAction[]> {
  const { paginateSimulatePrincipalPolicy } = await import("@aws-sdk/client-iam");
  const pages = paginateSimulatePrincipalPolicy(
    { client },
    {
      PolicySourceArn: principal,
      ActionNames: [...actions],
      ResourceArns: resources.map(sampleOf),
      ContextEntries: contextOf(condition),
    },
    { abortSignal: signal },
  );
  const denied: DeniedAction[] = [];
  for await (const { EvaluationResults = [] } of pages)
    for (const { EvalActionName = "", EvalResourceName = "*", EvalDecision } of EvaluationResults)
      if (EvalDecision !== "allowed")
        denied.push({
          action: EvalActionName,
          resource: EvalResourceName,
          isExplicit: EvalDecision === "explicitDeny",
        });
  return denied;
}

/** An ARN that a pattern matches. */
export function sampleOf(pattern: string): string {
  return pattern === "*" ? pattern : pattern.replaceAll("?", "0").replaceAll("*", "sample");
}

function contextOf(condition: DeployerStatement["condition"]) {
  return Object.values(condition).flatMap((keys) =>
    Object.entries(keys).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyType: "string" as const,
      ContextKeyValues: [sampleOf(value)],
    })),
  );
}

/**
 * IAM simulates users and roles. The ARN of a role's session lacks the path of the role, which only IAM knows.
 */
async function principalOf(
  client: IAMClient,
  { arn, account }: Identity,
  abortSignal: AbortSignal,
): Promise<string> {
  if (arn.endsWith(":root"))
    throw new NotChecked("no policy limits the root user, so there is nothing to check");
  const [, partition = "aws", role] =
    /^arn:([^:]+):sts::\d+:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) {
    if (/:iam::\d+:(?:user|role)\//.test(arn)) return arn;
    throw new NotChecked(`IAM does not simulate the policies of ${arn}`);
  }
  const { GetRoleCommand } = await import("@aws-sdk/client-iam");
  try {
    const answer = await client.send(new GetRoleCommand({ RoleName: role }), { abortSignal });
    return answer.Role?.Arn ?? `arn:${partition}:iam::${account}:role/${role}`;
  } catch {
    // Without permission to read the role, the most frequent path is assumed.
    return `arn:${partition}:iam::${account}:role/${role}`;
  }
}
