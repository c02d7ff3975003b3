import { Command, Option } from "commander";
import { addTrafficOptions } from "./estimate/trafficOptions";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { addCacheOption, addPolicyOptions, exitOnUsageError } from "./options";
import { reportOutput } from "./output";
import type { PlanOptions } from "./plan/showPlan";

const exitCodes = {
  0: "there is no problem",
  1:
    "a mandatory rule is violated, a finding is one of --fail-on, or IAM would deny a call of Firehose " +
    "(with --compare, in either stack; with --diff, in the working tree, while a difference itself fails " +
    "nothing); with --baseline, only findings that are not in it count, and " +
    "with --write-baseline alone, none",
  2: "the stack cannot be planned, or an option is wrong",
  130: "interrupted",
};

/** `streamlake plan`: what a deployment of a stack would create, or what differs from another stack or version. */
export function planCommand(): Command {
  const command = new Command("plan")
    .description("Show what a stack would create, and which policy rules it violates")
    .option("--stack <name>", "stack to plan (default: the selected stack, or the only one)")
    .option(
      "--compare <other>",
      "plan another stack too, and show only the differences that matter",
    )
    .option(
      "--diff <file>",
      "show what changes since a Git revision (e.g. main), a file of plan --json or of pulumi stack export: resources that are replaced and what is lost, settings, access, findings",
    );
  addTrafficOptions(
    command,
    "with --compare or --diff: incoming records, to compare cost and latency",
  )
    .option("--prices <file>", "JSON file with prices that replace or complete the built-in ones")
    .option("--json", "print one JSON document")
    .option("--preview", "leave ids and ARNs unknown, as in a preview of a new stack")
    .addOption(
      new Option("--no-policy", "evaluate no policy rules").conflicts([
        "policyPack",
        "policyConfig",
        "exemptions",
        "failOn",
        "baseline",
        "writeBaseline",
        "sarif",
        "markdown",
        "compliance",
        "complianceReport",
      ]),
    )
    .option("-C, --cwd <dir>", "run as if started in this directory", ".");
  addExitCodes(addCacheOption(addPolicyOptions(command)), exitCodes);
  return exitOnUsageError(command).action(async (options: PlanOptions) => {
    type Action = typeof import("./plan/planAction");
    const { plan } = await lazyImport<Action>(module, "./plan/planAction");
    process.exitCode = await plan(options, reportOutput());
  });
}
