import {
  type DeployerPermissions,
  deployerPermissions,
} from "../../../local/access/deployer/deployerPermissions";
import { awsFailure } from "../../../records/awsFailure";
import { counted } from "../../../records/amounts";
import { iamClient } from "../../serviceClients";
import type { Check } from "../check";
import { failed, type Finding, NotChecked, ok, warning } from "../finding";
import { type DeniedAction, deniedActions } from "../simulatePermissions";
import type { Identity, Subject } from "../subject";

/** Whether the credentials may make the calls of a deployment. */
export const permissions: Check = {
  name: "Permissions",
  ofProject: true,
  async run(subject) {
    const { graph, region } = await subject.resources();
    const { stack } = subject.settings();
    const identity = await subject.identity().catch(() => undefined);
    const needed = deployerPermissions(graph, {
      region,
      ...(identity && { account: identity.account }),
    });
    const print = `npx streamlake doctor --stack ${stack} --policy`;
    return [
      await simulated(subject, needed, identity, print),
      ...(needed.uncovered.length > 0 ? [uncoveredFinding(needed)] : []),
    ];
  },
};

async function simulated(
  subject: Subject,
  needed: DeployerPermissions,
  identity: Identity | undefined,
  print: string,
): Promise<Finding> {
  const count = new Set(needed.statements.flatMap(({ actions }) => actions)).size;
  if (count === 0) return ok("the deployment needs none of AWS");
  const actions = `${counted(count, "action")} of AWS`;
  const unchecked = (reason: string): Finding => ({
    status: "not checked",
    message: `The deployment needs ${actions}; ${reason}.`,
    fix: print,
  });
  if (identity === undefined) return unchecked("there are no credentials to check");
  const { config } = subject.settings();
  if (config["aws:assumeRole"] !== undefined || config["aws:assumeRoles"] !== undefined)
    return unchecked("the role that the stack assumes needs them, not these credentials");
  const client = await iamClient(subject.awsOptions());
  try {
    const denied = await deniedActions(client, needed, identity, subject.signal);
    return deniedFinding(denied, actions, print);
  } catch (error) {
    if (error instanceof NotChecked) return unchecked(error.message);
    return unchecked(`IAM does not simulate them: ${awsFailure(error).code}`);
  } finally {
    client.destroy();
  }
}

const SHOWN = 3;

export function deniedFinding(
  denied: readonly DeniedAction[],
  actions: string,
  print: string,
): Finding {
  if (denied.length === 0) return ok(`all ${actions} are allowed`);
  const names = [...new Set(denied.map(({ action }) => action))];
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  const explicit = denied.find(({ isExplicit }) => isExplicit);
  const why = explicit === undefined ? "" : ` A policy denies ${explicit.action} explicitly.`;
  return failed(
    `Of ${actions}, ${names.length} are denied: ${names.slice(0, SHOWN).join(", ")}${more}.${why}`,
    `attach what this prints: ${print}`,
  );
}

function uncoveredFinding({ uncovered }: DeployerPermissions): Finding {
  return warning(
    `Not covered, because their calls are unknown: ${uncovered.join(", ")}. Add their actions to the policy.`,
  );
}
