import { Command } from "commander";
import type { PlanOptions } from "./plan/planAction";
import { addPolicyOptions, exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";

const EXIT_CODES = `
Exits with 0 if all is fine, 1 if a mandatory policy is violated (with --compare, in either stack)
or IAM would deny Firehose a call (not looked at with --compare), 2 if there is no plan.`;

/** `streamlake plan`: what a stack would become, or what sets it apart from another one. */
export function planCommand(): Command {
  const command = new Command("plan")
    .description("Show what a stack would become, and what the policies say to it")
    .requiredOption("--stack <name>", "stack to plan; its config is in Pulumi.<name>.yaml")
    .option(
      "--compare <other>",
      "plan another stack too, and show only the differences that matter",
    )
    .option("--json", "print one JSON document")
    .option("--preview", "leave ids and ARNs unknown, as a preview of a new stack does")
    .option("-C, --cwd <dir>", "run as if started in this folder", ".")
    .addHelpText("after", EXIT_CODES);
  return exitOnUsageError(addPolicyOptions(command)).action(async (options: PlanOptions) => {
    // The engine's protocol takes long to load, and other commands do without it.
    const { plan } = module.require("./plan/planAction") as typeof import("./plan/planAction");
    const { stdout, stderr } = process;
    process.exitCode = await plan(options, { stdout, stderr, colors: stdoutColors() });
  });
}
