import { Command, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { addCacheOption, exitOnUsageError } from "./options";
import { tableFile, tableHelp } from "./local/tableOption";
import {
  byteCount,
  duration,
  outages,
  partitions,
  recordRate,
  seed,
} from "./simulate/parseOptions";
import type { SimulateOptions } from "./simulate/simulateAction";

const exitCodes = {
  0: "every accepted record was delivered",
  1: "an accepted record was not delivered",
  2: "the simulation cannot start, or an option is wrong",
  130: "interrupted",
};

/** `streamlake simulate`: hours of made-up traffic on a virtual clock. */
export function simulateCommand(): Command {
  const command = new Command("simulate")
    .description("Simulate hours of traffic through a stack's delivery stream in seconds")
    .option("--stack <name>", "stack to simulate (default: the selected stack, or the only one)")
    .requiredOption("--rate <records>", "incoming records: 500/s, 30000/min, 1000/h", recordRate)
    .addOption(
      new Option("--size <bytes>", "size of each generated record: 300B, 1KiB, 20KB")
        .argParser(byteCount)
        .default(1024, "1KiB")
        .conflicts("input"),
    )
    .option("--input <file>", "send the lines of a file instead, in a loop; - reads standard input")
    .addOption(
      new Option("--duration <time>", "length of the traffic: 90m, 24h, 7d")
        .argParser(duration)
        .default(dayMilliseconds, "24h"),
    )
    .addOption(
      new Option(
        "--outage <start/time>",
        "start and length of an S3 outage: 06:00/2h; repeatable",
      ).argParser(outages),
    )
    .option(
      "--partitions <values>",
      "distribute the records over so many values of their partition keys: 1000, or zipf:1000 if few " +
        "are frequent (default: the keys that the records have)",
      partitions,
    )
    .option("--table <database.table=file>", tableHelp, tableFile)
    .option("--delivery-stream <name>", "which one to simulate, if the program declares several")
    .option("--seed <number>", "seed of the random numbers", seed, 1)
    .option("--json", "print the result as JSON")
    .option("--report <file>", "page to write (default: .streamlake/<stack>/simulation.html)")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".");
  addExitCodes(addCacheOption(command), exitCodes);
  return exitOnUsageError(command).action(async (options: SimulateOptions) => {
    type Action = typeof import("./simulate/simulateAction");
    const { simulateStack } = await lazyImport<Action>(module, "./simulate/simulateAction");
    process.exitCode = await simulateStack(options);
  });
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
