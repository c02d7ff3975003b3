import { Command } from "commander";
import type { PlanOptions } from "./plan/planAction";
import { stdoutColors } from "./stdoutColors";
import { exitOnUsageError } from "./usageError";

/** `streamlake plan`: exits 0 if all is fine, 1 on a mandatory violation, 2 if there is no plan. */
export function planCommand(): Command {
  const command = new Command("plan")
    .description("Show what a stack would become, and what the policies say to it")
    .requiredOption("--stack <name>", "stack to plan; its config is in Pulumi.<name>.yaml")
    .option("--json", "print one JSON document")
    .option("--preview", "leave ids and ARNs unknown, as a preview of a new stack does")
    .option("--policy-pack <dir>", "folder of the policy pack", "policy")
    .option("--policy-config <file>", "JSON file with levels and settings of policies")
    .option("-C, --cwd <dir>", "run as if started in this folder", ".");
  return exitOnUsageError(command).action(async (options: PlanOptions) => {
    // The engine's protocol takes long to load, and other commands do without it.
    const { plan } = module.require("./plan/planAction") as typeof import("./plan/planAction");
    const { stdout, stderr } = process;
    process.exitCode = await plan(options, { stdout, stderr, colors: stdoutColors() });
  });
}
