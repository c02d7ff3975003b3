import { Command } from "commander";
import type { AuditOptions } from "./audit/auditAction";
import { addPolicyOptions, exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";

const HELP = `
Reads nothing but the file of: pulumi stack export --stack NAME --file FILE
Exits with 0 if all is fine, 1 if a mandatory policy is violated, 2 if nothing could be judged.`;

/** `streamlake audit`: what the policies say to a stack that is deployed already. */
export function auditCommand(): Command {
  const command = new Command("audit")
    .description("Let the policies judge what is deployed already, without an account")
    .argument("<stack-export>", "file of `pulumi stack export`")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP);
  return exitOnUsageError(addPolicyOptions(command)).action(
    async (stackExport: string, options: AuditOptions) => {
      // The engine's protocol takes long to load, and other commands do without it.
      const { audit } = module.require(
        "./audit/auditAction",
      ) as typeof import("./audit/auditAction");
      const { stdout, stderr } = process;
      const output = { stdout, stderr, colors: stdoutColors() };
      process.exitCode = await audit(stackExport, options, output);
    },
  );
}
