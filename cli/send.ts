import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";
import type { SendCommandOptions } from "./send/sendAction";
import { addTargetOptions } from "./target/targetOptions";

const exitCodes = {
  0: "everything was sent",
  1: "something was not sent",
  2: "nothing could be sent, or an option is wrong",
  130: "interrupted; the report says what was sent",
};

/** `streamlake send`: puts lines on a stream or a delivery stream. */
export function sendCommand(): Command {
  const command = new Command("send")
    .description("Put the lines of a file on a stream or a delivery stream, one record per line")
    .argument("[file]", "file to send; standard input if it is - or missing")
    .option("--stream <name>", "Kinesis data stream, instead of a stack or local run")
    .addOption(
      new Option(
        "--record-compression <format>",
        "compress each line, as its producers do (default: the pipeline's, or none)",
      ).choices(["none", "GZIP"]),
    )
    .option("--json", "print one JSON document");
  const deliveryStream =
    "Firehose delivery stream without a Kinesis source, instead of a stack; with --local one of several";
  addExitCodes(addTargetOptions(command, deliveryStream), exitCodes);
  return exitOnUsageError(command).action(
    async (file: string | undefined, options: SendCommandOptions) => {
      type Action = typeof import("./send/sendAction");
      const { send } = await lazyImport<Action>(module, "./send/sendAction");
      process.exitCode = await send(file, options, stdoutColors());
    },
  );
}
