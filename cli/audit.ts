import { Command } from "commander";
import type { AuditOptions } from "./audit/auditAction";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { addCacheOption, addPolicyOptions, exitOnUsageError } from "./options";
import { reportOutput } from "./output";

const HELP = `
Reads only the file written by: pulumi stack export --stack NAME --file FILE`;

const exitCodes = {
  0: "no mandatory rule is violated",
  1:
    "a mandatory rule is violated, or a finding is one of --fail-on; with --baseline, only findings that " +
    "are not in it count, and with --write-baseline alone, none",
  2: "the stack cannot be evaluated, or an option is wrong",
};

/** `streamlake audit`: evaluates the policy pack for a stack that is already deployed. */
export function auditCommand(): Command {
  const command = new Command("audit")
    .description("Check a deployed stack against the policy pack, without an AWS account")
    .argument("<stack-export>", "file written by `pulumi stack export`")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP);
  addExitCodes(addCacheOption(addPolicyOptions(command)), exitCodes);
  return exitOnUsageError(command).action(async (stackExport: string, options: AuditOptions) => {
    type Action = typeof import("./audit/auditAction");
    const { audit } = await lazyImport<Action>(module, "./audit/auditAction");
    process.exitCode = await audit(stackExport, options, reportOutput());
  });
}
