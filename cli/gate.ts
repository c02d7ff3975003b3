import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import type { GateOptions } from "./gate/gateAction";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { reportOutput } from "./output";

const HELP = `
Reads only the file written by: pulumi preview --stack NAME --json > FILE`;

const exitCodes = {
  0: "nothing would be lost, or all of it is allowed",
  1: "something would be lost, or the preview reports an error",
  2: "the file cannot be read as a preview, or an option is wrong",
};

/** `streamlake gate`: evaluates what an update would delete, before it runs. */
export function gateCommand(): Command {
  const command = new Command("gate")
    .description(
      "Check a preview for what an update would lose: data, protection, retention; without an AWS account",
    )
    .argument("<preview>", "file written by `pulumi preview --json`, or - for standard input")
    .addOption(
      new Option(
        "--allow <urn>",
        "resource that may be replaced, deleted or changed so; can be repeated",
      ).argParser((urn: string, earlier: readonly string[] | undefined) => [
        ...(earlier ?? []),
        urn,
      ]),
    )
    .option("--reason <text>", "why that is allowed; required with --allow, and part of the output")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP);
  addExitCodes(command, exitCodes);
  return exitOnUsageError(command).action(async (file: string, options: GateOptions) => {
    type Action = typeof import("./gate/gateAction");
    const { gate } = await lazyImport<Action>(module, "./gate/gateAction");
    process.exitCode = await gate(file, options, reportOutput());
  });
}
