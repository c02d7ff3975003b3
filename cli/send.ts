import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { stdoutColors } from "./reports/terminal";
import type { SendCommandOptions } from "./send/sendAction";
import { byteCount, recordRate, seed } from "./simulate/parseOptions";
import { count } from "./tail/tailPosition";
import { addTargetOptions } from "./target/targetOptions";

const exitCodes = {
  0: "everything was sent",
  1: "something was not sent: the report lists it",
  2: "nothing could be sent, or an option is wrong",
  130: "interrupted; the report says up to which line everything was sent",
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
    .addOption(
      new Option(
        "--generate <events>",
        "send this many invented events instead of a file",
      ).argParser(count),
    )
    .addOption(
      new Option("--rate <records>", "at this rate: 500/s, 30000/min; also a file").argParser(
        recordRate,
      ),
    )
    .addOption(
      new Option("--seed <number>", "with --generate: the same events again").argParser(seed),
    )
    .addOption(
      new Option("--size <size>", "with --generate: of each event, e.g. 1KiB").argParser(byteCount),
    )
    .option(
      "--partition-key-field <path>",
      "member of each JSON record that is its partition key, e.g. user_id or context.country (default: random keys)",
    )
    .addOption(
      new Option(
        "--aggregate <format>",
        "pack lines into records of up to 50 KiB, and print what that saves",
      ).choices(["newline", "kpl"]),
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
