import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import type { TailCommandOptions } from "./tail/tailAction";
import { count, startingPosition } from "./tail/tailPosition";
import { addTargetOptions } from "./target/targetOptions";

const exitCodes = {
  0: "--count records were printed",
  2: "the stream or bucket cannot be read, or an option is wrong",
  130: "interrupted before --count records were printed: the only end without --count",
};

/** `streamlake tail`: prints records as they arrive. */
export function tailCommand(): Command {
  const command = new Command("tail")
    .description("Print the records of a stream, or of delivered objects, as they arrive")
    .option("--stream <name>", "Kinesis data stream, instead of a stack or local run")
    .option("--objects", "read the objects of the data lake instead of the stream")
    .addOption(
      new Option(
        "--from <position>",
        "latest, trim-horizon (the oldest record), a time such as 2026-11-22T10:30:00Z or 15m ago; " +
          "with --objects latest or a day such as 2026-11-22",
      )
        .argParser((value) => startingPosition(value))
        .default("latest"),
    )
    .option(
      "--jq <query>",
      "print what a query in the language of jq makes of each record, e.g. 'select(.type == \"click\")'",
    )
    .addOption(
      new Option("--count <records>", "end after printing this many records").argParser(count),
    )
    .option("--json", "print one JSON object for each record, with its position")
    .addOption(
      new Option("--table", "print time, shard, key and data in columns").conflicts("json"),
    );
  addExitCodes(addTargetOptions(command), exitCodes);
  return exitOnUsageError(command).action(async (options: TailCommandOptions) => {
    type Action = typeof import("./tail/tailAction");
    const { tail } = await lazyImport<Action>(module, "./tail/tailAction");
    process.exitCode = await tail(options);
  });
}
