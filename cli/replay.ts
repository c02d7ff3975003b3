import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import type { ReplayCommandOptions } from "./replay/replayAction";
import { recordRate } from "./simulate/parseOptions";
import { addTargetOptions } from "./target/targetOptions";

const exitCodes = {
  0: "every record was replayed or, without --execute, can be",
  1: "a record was not or cannot be replayed; the next replay tries it again",
  2: "nothing could be replayed, or an option is wrong",
  130: "interrupted; the next replay continues",
};

/** `streamlake replay`: sends failed records to their stream again. */
export function replayCommand(): Command {
  const command = new Command("replay")
    .description(
      "Send the records below the error prefix to their stream again; without --execute only print what would be sent",
    )
    .option("--execute", "send the records")
    .option("--date <yyyy-MM-dd>", "day of arrival in the pipeline's time zone (default: all days)")
    .option("--code <code>", "only records that failed with this code, e.g. Lambda.FunctionError")
    .option(
      "--transform <file>",
      "module whose default export changes each record: (data, code) => data, or undefined to leave it out",
    )
    .addOption(
      new Option("--rate <records>", "at most this many: 500/s, 30000/min").argParser(recordRate),
    )
    .option(
      "--checkpoint <file>",
      "file that remembers what was replayed (default: .streamlake/replay.jsonl)",
    )
    .option("--json", "print one JSON document");
  addExitCodes(addTargetOptions(command), exitCodes);
  return exitOnUsageError(command).action(async (options: ReplayCommandOptions) => {
    type Action = typeof import("./replay/replayAction");
    const { replay } = await lazyImport<Action>(module, "./replay/replayAction");
    process.exitCode = await replay(options);
  });
}
