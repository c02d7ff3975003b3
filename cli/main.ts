import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { auditCommand } from "./audit";
import { completionCommand } from "./completion";
import { diagnoseCommand } from "./diagnose";
import { doctorCommand } from "./doctor";
import { estimateCommand } from "./estimate";
import { gateCommand } from "./gate";
import { initCommand } from "./init";
import { localCommand } from "./local";
import { addExitCodes } from "./exitCodes";
import { exitOnUsageError } from "./options";
import { printError, watchOutput } from "./output";
import { packagePath } from "./packagePath";
import { planCommand } from "./plan";
import { queryCommand } from "./query";
import { replayCommand } from "./replay";
import { sendCommand } from "./send";
import { simulateCommand } from "./simulate";
import { tailCommand } from "./tail";
import { verifyCommand } from "./verify";

// The warning is about future SDK versions; the pinned version supports every Node.js we support.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const streamlake = exitOnUsageError(new Command("streamlake"))
  .description("Plan, gate and run a Kinesis -> Firehose -> S3 pipeline without an AWS account")
  .version(version())
  .option("--verbose", "print the stack trace of an error")
  .addCommand(initCommand())
  .addCommand(planCommand())
  .addCommand(auditCommand())
  .addCommand(gateCommand())
  .addCommand(localCommand())
  .addCommand(sendCommand())
  .addCommand(replayCommand())
  .addCommand(simulateCommand())
  .addCommand(estimateCommand())
  .addCommand(queryCommand())
  .addCommand(tailCommand())
  .addCommand(verifyCommand())
  .addCommand(diagnoseCommand())
  .addCommand(doctorCommand())
  .addCommand(completionCommand());

addExitCodes(streamlake, {
  0: "success",
  1: "a negative result, such as a violated rule or a missing record",
  2: "no result: a wrong option, or what the command needs is missing",
  130: "interrupted",
});

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(packagePath("package.json"), "utf8"));
  return (manifest as { readonly version: string }).version;
}

watchOutput();

// A command sets process.exitCode for a negative result (1); an error that it throws exits with 2.
streamlake.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.exitCode = 2;
    const { verbose } = streamlake.opts<{ verbose?: boolean }>();
    const shown =
      error instanceof Error ? (verbose && error.stack) || error.message : String(error);
    printError(shown);
  }
});
