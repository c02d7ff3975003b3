import { Command, InvalidArgumentError } from "commander";
import { lazyImport } from "./lazyImport";
import type { LocalOptions } from "./local/localAction";
import { exitOnUsageError } from "./options";

/**
 * `streamlake local`: exits with 0 if every record was delivered, 1 if one was not, 2 if the run
 * cannot start, 130 if it was interrupted.
 */
export function localCommand(): Command {
  const command = new Command("local")
    .description("Run a stack locally and send records through it")
    .requiredOption("--stack <name>", "stack to run; its config is in Pulumi.<name>.yaml")
    .option(
      "--input <file>",
      "records to send, one per line; - reads standard input (default: " +
        "examples/user-events.jsonl, or no input with --keep or --resume)",
    )
    .option("--keep", "keep running after the input, until Ctrl-C")
    .option("--ui", "serve a page that shows the run, and keep running until Ctrl-C")
    .option("--resume <directory>", "deliver what an earlier run accepted but did not deliver")
    .option("--interval <seconds>", "shorten a longer buffer interval for this run", seconds)
    .option("--throttle", "reject what exceeds the throughput of a shard, as Kinesis does")
    .option("--fsync", "acknowledge a record only when it is on the disk, safe from a power cut")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".");
  return exitOnUsageError(command).action(async (options: LocalOptions) => {
    type Action = typeof import("./local/localAction");
    const { local } = await lazyImport<Action>(module, "./local/localAction");
    process.exitCode = await local(options);
  });
}

/** Firehose allows buffer intervals from 0 to 900 s (API BufferingHints). */
function seconds(argument: string): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value > 900)
    throw new InvalidArgumentError("It must be a whole number of seconds from 0 to 900.");
  return value;
}
