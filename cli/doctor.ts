import { Command } from "commander";
import type { DoctorOptions } from "./doctor/doctorAction";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { addAwsOptions, addCacheOption, exitOnUsageError } from "./options";
import { reportOutput } from "./output";

const details = `
Checks Node.js, the program and its packages, the Pulumi CLI and its plugins,
the stack's settings, the policy pack, credentials, region and permissions.
It changes nothing. Of AWS it calls only GetCallerIdentity, GetRole and
SimulatePrincipalPolicy.`;

const exitCodes = {
  0: "no check failed; there may be warnings",
  1: "a check failed",
  2: "nothing can be checked, --policy has no policy to print, or an option is wrong",
  130: "interrupted",
};

/** `streamlake doctor`: what is missing before a stack can be planned or deployed. */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("Check what planning and deploying a stack needs, and print what fixes it")
    .option("--stack <name>", "stack to check (default: the selected stack, or the only one)")
    .option("--policy", "print the IAM policy that a deployer needs, instead of checking")
    .option("--json", "print one JSON document")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".")
    .addHelpText("after", details);
  addExitCodes(addCacheOption(addAwsOptions(command)), exitCodes);
  return exitOnUsageError(command).action(async (options: DoctorOptions) => {
    type Action = typeof import("./doctor/doctorAction");
    const { doctor } = await lazyImport<Action>(module, "./doctor/doctorAction");
    process.exitCode = await doctor(options, reportOutput());
  });
}
