import { Command } from "commander";
import type { AuditOptions } from "./audit/auditAction";
import { lazyImport } from "./lazyImport";
import { addCacheOption, addPolicyOptions, exitOnUsageError } from "./options";
import { reportOutput } from "./output";

const HELP = `
Reads only the file written by: pulumi stack export --stack NAME --file FILE
Exits with 0 if no mandatory rule is violated, 1 if one is or a finding is one of --fail-on, 2 if the stack
cannot be evaluated. With --baseline, only findings that are not in it count; with --write-baseline alone,
none.`;

/** `streamlake audit`: evaluates the policy pack for a stack that is already deployed. */
export function auditCommand(): Command {
  const command = new Command("audit")
    .description("Check a deployed stack against the policy pack, without an AWS account")
    .argument("<stack-export>", "file written by `pulumi stack export`")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP);
  return exitOnUsageError(addCacheOption(addPolicyOptions(command))).action(
    async (stackExport: string, options: AuditOptions) => {
      type Action = typeof import("./audit/auditAction");
      const { audit } = await lazyImport<Action>(module, "./audit/auditAction");
      process.exitCode = await audit(stackExport, options, reportOutput());
    },
  );
}
