import { Command } from "commander";
import { addAwsOptions, exitOnUsageError } from "./options";
import type { SendCommandOptions } from "./send/sendAction";
import { stdoutColors } from "./reports/terminal";

/** `streamlake send`: exits 0 if all is sent, 1 if something is not, 130 if interrupted. */
export function sendCommand(): Command {
  const command = new Command("send")
    .description("Put records on the stream: one for each line of a file")
    .argument("[file]", "file to send; - or nothing: standard input")
    .option("--stack <name>", "deployed stack whose stream gets the records")
    .option("--stream <name>", "Kinesis data stream, in place of --stack");
  return exitOnUsageError(addAwsOptions(command)).action(
    async (file: string | undefined, options: SendCommandOptions) => {
      // The AWS SDK takes long to load, and most commands do without it.
      const { send } = module.require("./send/sendAction") as typeof import("./send/sendAction");
      const { report, exitCode } = await send(file, options, stdoutColors());
      console.log(report);
      process.exitCode = exitCode;
    },
  );
}
