import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { print } from "./output";
import { stdoutColors } from "./reports/terminal";
import { addTargetOptions } from "./target/targetOptions";
import type { VerifyCommandOptions } from "./verify/verifyAction";

const exitCodes = {
  0: "there are objects, and nothing is missing, corrupt or undelivered",
  1: "there are no objects, or something is missing, corrupt or undelivered",
  2: "the bucket cannot be read, or an option is wrong",
};

/** `streamlake verify`: counts what was delivered on a day. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .description("Read the objects of one day in the data lake and count their records")
    .option("--bucket <name>", "S3 bucket, instead of a stack or local run")
    .option("--prefix <prefix>", "with --bucket: the delivery stream's prefix, as configured")
    .option("--error-prefix <prefix>", "with --bucket: its error prefix (default: not read)")
    .option("--time-zone <zone>", "with --bucket: its time zone (default: UTC)")
    .addOption(
      new Option(
        "--delimiter <kind>",
        "with --bucket: what separates records (default: newline)",
      ).choices(["newline", "none"]),
    )
    .option("--date <yyyy-MM-dd>", "day of arrival in that time zone (default: today)")
    .option("--input <file>", "compare with what was sent: count missing and duplicate records")
    .option("--json", "print one JSON document");
  addExitCodes(addTargetOptions(command), exitCodes);
  return exitOnUsageError(command).action(async (options: VerifyCommandOptions) => {
    type Action = typeof import("./verify/verifyAction");
    const { verify } = await lazyImport<Action>(module, "./verify/verifyAction");
    const { report, exitCode } = await verify(options, stdoutColors());
    print(report);
    process.exitCode = exitCode;
  });
}
