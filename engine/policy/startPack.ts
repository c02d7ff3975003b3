import type { RunnerSettings } from "../runner/runner";
import { startPackServer } from "./packServer";
import type { PackOptions, PolicyPack } from "./policyPack";

/**
 * Starts the pack in a directory for a stack. What talks to the pack is loaded only after the pack has
 * been started, because loading takes as long as starting.
 *
 * @throws Error if the directory is not a policy pack or the pack does not start, with its output
 */
export async function startPack(
  directory: string,
  settings: RunnerSettings,
  options: PackOptions,
): Promise<PolicyPack> {
  const server = await startPackServer(directory, settings, options);
  const { PolicyPack: pack } = module.require("./policyPack") as typeof import("./policyPack");
  return pack.connect(server, options);
}
