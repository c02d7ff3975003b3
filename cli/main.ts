import { Command, CommanderError } from "commander";
import { auditCommand } from "./audit";
import { localCommand } from "./local";
import { planCommand } from "./plan";
import { sendCommand } from "./send";
import { simulateCommand } from "./simulate";
import { exitOnUsageError } from "./options";
import { verifyCommand } from "./verify";

// The AWS SDK warns about its versions yet to come; ours is pinned and supports every Node we do.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const streamlake = exitOnUsageError(new Command("streamlake"))
  .description("Plan, gate and run a Kinesis -> Firehose -> S3 pipeline without an AWS account")
  .option("--verbose", "print the stack trace of a failure")
  .addCommand(planCommand())
  .addCommand(auditCommand())
  .addCommand(localCommand())
  .addCommand(sendCommand())
  .addCommand(simulateCommand())
  .addCommand(verifyCommand());

// Commands set process.exitCode for a result (1); whatever they throw is a failure (2).
streamlake.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.exitCode = 2;
    const { verbose } = streamlake.opts<{ verbose?: boolean }>();
    console.error(error instanceof Error ? (verbose ? error.stack : error.message) : error);
  }
});
