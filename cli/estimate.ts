import { Command, Option } from "commander";
import type { EstimateCommandOptions } from "./estimate/estimateAction";
import { addTrafficOptions, count, positiveNumber } from "./estimate/trafficOptions";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { addAwsOptions, addCacheOption, exitOnUsageError } from "./options";

const TRAFFIC = `
Traffic is --rate with --size, or with the records of --input; or what CloudWatch has measured of a
deployed stream, with --measured.`;

const exitCodes = {
  0: "the month is estimated, and costs no more than --budget",
  1: "the month costs more than --budget",
  2: "nothing can be estimated, or an option is wrong",
  130: "interrupted",
};

/** `streamlake estimate`: what a stack costs in a month, and how fast it delivers. */
export function estimateCommand(): Command {
  const command = new Command("estimate")
    .description("Estimate what a stack costs in a month, its objects, latency and shards")
    .option("--stack <name>", "stack to estimate (default: the selected stack, or the only one)");
  addTrafficOptions(command)
    .addOption(
      new Option("--measured [days]", "traffic of the last days in CloudWatch (default: 14 days)")
        .argParser((value: string) => count(value, 63))
        .conflicts(["rate", "peak", "hours"]),
    )
    .option("--stream <name>", "with --measured: name of the stream, instead of the stack's output")
    .option("--stack-export <file>", "with --measured: stack export with the stack's outputs")
    .option("--delivery-stream <name>", "one of several delivery streams")
    .option("--partitions <count>", "partitions that get records in an interval", (value) =>
      count(value, 5000),
    )
    .option("--function-ms <ms>", "mean duration of an invocation of the function", positiveNumber)
    .option("--jq-hours <hours>", "hours of jq in a month (JQProcessing.Duration)", positiveNumber)
    .addOption(
      new Option("--month <number>", "month since the start: stored data grow")
        .argParser((value) => count(value, 120))
        .default(12),
    )
    .option("--prices <file>", "JSON file with prices that replace or complete the built-in ones")
    .option("--budget <usd>", "exit with 1 if the month costs more", positiveNumber)
    .option("--page <file>", "write a page with plots of cost and latency")
    .option("--json", "print one JSON document")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".")
    .addHelpText("after", TRAFFIC);
  addExitCodes(addCacheOption(addAwsOptions(command)), exitCodes);
  return exitOnUsageError(command).action(async (options: EstimateCommandOptions) => {
    type Action = typeof import("./estimate/estimateAction");
    const { estimateStack } = await lazyImport<Action>(module, "./estimate/estimateAction");
    process.exitCode = await estimateStack(options);
  });
}
