import { Command, Option } from "commander";
import { lazyImport } from "./lazyImport";
import { addAwsOptions, exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";
import type { SendCommandOptions } from "./send/sendAction";

/** `streamlake send`: exits with 0 if everything was sent, 1 if not, 130 if it was interrupted. */
export function sendCommand(): Command {
  const command = new Command("send")
    .description("Put the lines of a file on a stream or a delivery stream, one record per line")
    .argument("[file]", "file to send; standard input if it is - or missing")
    .option("--stack <name>", "deployed stack whose stream receives the records")
    .option("--stream <name>", "Kinesis data stream, instead of --stack")
    .option(
      "--delivery-stream <name>",
      "Firehose delivery stream without a Kinesis source, instead of --stack",
    )
    .addOption(
      new Option(
        "--record-compression <format>",
        "compress each line, as its producers do (default: the stack's, or none)",
      ).choices(["none", "GZIP"]),
    );
  return exitOnUsageError(addAwsOptions(command)).action(
    async (file: string | undefined, options: SendCommandOptions) => {
      type Action = typeof import("./send/sendAction");
      const { send } = await lazyImport<Action>(module, "./send/sendAction");
      process.exitCode = await send(file, options, stdoutColors());
    },
  );
}
