import { Command, Option } from "commander";
import { addAwsOptions, exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";
import type { VerifyCommandOptions } from "./verify/verifyAction";

/** `streamlake verify`: exits 0 if all is well, 1 if something is missing, corrupt or undelivered. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .description("Open the objects of one day in the data lake and count what arrived")
    .option("--stack <name>", "deployed stack whose data lake to look at")
    .option("--bucket <name>", "S3 bucket, in place of --stack")
    .option("--prefix <prefix>", "with --bucket: the delivery stream's prefix, as configured")
    .option("--error-prefix <prefix>", "with --bucket: its error prefix (default: not looked at)")
    .option("--time-zone <zone>", "with --bucket: its time zone (default: UTC)")
    .addOption(
      new Option(
        "--delimiter <kind>",
        "with --bucket: what stands between two records (default: newline)",
      ).choices(["newline", "none"]),
    )
    .option("--date <yyyy-MM-dd>", "day of arrival in that time zone (default: today)")
    .option("--input <file>", "compare with what was sent: count missing and duplicated records")
    .option("--json", "print one JSON document");
  return exitOnUsageError(addAwsOptions(command)).action(async (options: VerifyCommandOptions) => {
    // The AWS SDK takes long to load, and most commands do without it.
    const { verify } = module.require(
      "./verify/verifyAction",
    ) as typeof import("./verify/verifyAction");
    const { report, exitCode } = await verify(options, stdoutColors());
    console.log(report);
    process.exitCode = exitCode;
  });
}
