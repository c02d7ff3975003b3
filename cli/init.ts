import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import type { InitOptions } from "./init/initAction";
import type { CiSystem } from "./init/template";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { print } from "./output";

const HELP = `
In an empty directory, it writes a complete project: program, stack files, policy pack and workflows.
In a directory with a Pulumi.yaml, it adds only the policy pack and the workflows. It never changes a
file that exists, so a second run changes nothing.

The workflows plan every stack for each pull or merge request, without an account. Deployment and
drift detection begin once the variable PULUMI_BACKEND_URL is set.`;

const exitCodes = {
  0: "the files exist now; with --dry-run, they can be written",
  2: "the directory contains something else, or an option is wrong; nothing was written",
};

/** `streamlake init`: writes a project, or adds the gate and the workflows to one. */
export function initCommand(): Command {
  const command = new Command("init")
    .description("Write a new project, or add the policy gate to an existing one")
    .argument("[directory]", "directory of the project", ".")
    .option("--name <name>", "name of the project (default: that of the directory)")
    .option("--region <region>", "AWS region of the stacks (default: us-east-1)")
    .addOption(
      new Option("--ci <system>", "system to write the workflows for")
        .choices(["github", "gitlab", "none"] satisfies readonly CiSystem[])
        .default("github"),
    )
    .option("--dry-run", "list the files without writing them")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP);
  return exitOnUsageError(addExitCodes(command, exitCodes)).action(
    async (directory: string, options: InitOptions) => {
      type Action = typeof import("./init/initAction");
      const { init } = await lazyImport<Action>(module, "./init/initAction");
      print(init(directory, options));
    },
  );
}
