import { Command, InvalidArgumentError } from "commander";
import type { LocalOptions } from "./local/localAction";
import { exitOnUsageError } from "./options";

/**
 * `streamlake local`: exits 0 if every record arrived, 1 if one did not, 2 if it cannot run, 130 if
 * interrupted.
 */
export function localCommand(): Command {
  const command = new Command("local")
    .description("Bring a stack to life on this machine and send records through it")
    .requiredOption("--stack <name>", "stack to run; its config is in Pulumi.<name>.yaml")
    .option(
      "--input <file>",
      "records to send, one a line; - is standard input (default: examples/user-events.jsonl, " +
        "with --keep or --resume none)",
    )
    .option("--keep", "keep running after the input, until Ctrl-C")
    .option("--ui", "serve a page to watch the run, and keep running until Ctrl-C")
    .option("--resume <folder>", "go on with what an earlier run accepted and did not deliver")
    .option("--interval <seconds>", "shorten a longer buffering interval for this run", seconds)
    .option("-C, --cwd <dir>", "run as if started in this folder", ".");
  return exitOnUsageError(command).action(async (options: LocalOptions) => {
    // Engine and AWS SDK take long to load, and other commands do without them.
    const { local } = module.require("./local/localAction") as typeof import("./local/localAction");
    process.exitCode = await local(options);
  });
}

/** Firehose's own bounds for the buffering interval: 0 to 900 s (API BufferingHints). */
function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 900)
    throw new InvalidArgumentError("Allowed is a whole number of seconds from 0 to 900.");
  return value;
}
