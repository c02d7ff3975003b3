import { Command, Option } from "commander";
import { exitOnUsageError } from "./options";
import { byteCount, duration, outages, recordRate, seed } from "./simulate/parseOptions";
import type { SimulateOptions } from "./simulate/simulateAction";

/**
 * `streamlake simulate`: exits 0 if every accepted record came into the bucket, 1 if one did not, 2
 * if it cannot run, 130 if interrupted.
 */
export function simulateCommand(): Command {
  const command = new Command("simulate")
    .description("Run hours of traffic through a stack's delivery stream in seconds")
    .requiredOption("--stack <name>", "stack to simulate; its config is in Pulumi.<name>.yaml")
    .requiredOption("--rate <records>", "records that arrive: 500/s, 30000/min, 1000/h", recordRate)
    .addOption(
      new Option("--size <bytes>", "of each record, made up: 300B, 1KiB, 20KB")
        .argParser(byteCount)
        .default(1024, "1KiB")
        .conflicts("input"),
    )
    .option("--input <file>", "records to send instead, one a line, again and again; - is stdin")
    .option("--duration <time>", "of the traffic: 90m, 24h, 7d", duration, dayMilliseconds)
    .option("--outage <start/time>", "S3 refuses meanwhile: 06:00/2h; repeatable", outages, [])
    .option("--seed <number>", "another one makes other random numbers", seed, 1)
    .option("--json", "print the result as JSON")
    .option("--report <file>", "page to write (default: .streamlake/<stack>/simulation.html)")
    .option("-C, --cwd <dir>", "run as if started in this folder", ".");
  return exitOnUsageError(command).action(async (options: SimulateOptions) => {
    // Engine and delivery engine take long to load, and other commands do without them.
    const { simulateStack } = module.require(
      "./simulate/simulateAction",
    ) as typeof import("./simulate/simulateAction");
    process.exitCode = await simulateStack(options);
  });
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
