import { Command } from "commander";
import type { DiagnoseCommandOptions } from "./diagnose/diagnoseAction";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";
import { addTargetOptions } from "./target/targetOptions";

const exitCodes = {
  0: "no cause was found",
  1: "a cause was found",
  2: "the pipeline cannot be examined, or an option is wrong",
  130: "interrupted",
};

/** `streamlake diagnose`: why records do not arrive. */
export function diagnoseCommand(): Command {
  const command = new Command("diagnose")
    .description("Find out why records do not arrive: causes, evidence and fixes")
    .option("--json", "print one JSON document")
    .addHelpText(
      "after",
      "\nIt only reads. What it has no permission to read is listed as not checked.",
    );
  const deliveryStream = "delivery stream, instead of a stack; with --local one of several";
  addExitCodes(addTargetOptions(command, deliveryStream), exitCodes);
  return exitOnUsageError(command).action(async (options: DiagnoseCommandOptions) => {
    type Action = typeof import("./diagnose/diagnoseAction");
    const { diagnosePipeline } = await lazyImport<Action>(module, "./diagnose/diagnoseAction");
    process.exitCode = await diagnosePipeline(options, stdoutColors());
  });
}
