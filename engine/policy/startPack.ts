import type { RunnerSettings } from "../runner/runner";
import { startPackServer } from "./packServer";
import type { PackOptions, PolicyPack } from "./policyPack";

/**
 * As `PolicyPack.start`, but loads what talks to the pack only after the pack has been started.
 *
 * @throws Error if the directory is not a policy pack or the pack does not start, with its output
 */
export async function startPack(
  directory: string,
  settings: RunnerSettings,
  options: PackOptions,
): Promise<PolicyPack> {
  const server = await startPackServer(directory, settings, options.signal);
  const { PolicyPack: pack } = module.require("./policyPack") as typeof import("./policyPack");
  return pack.connect(server, options);
}
