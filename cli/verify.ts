import { Command, InvalidArgumentError, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import { exitOnUsageError } from "./options";
import { print } from "./output";
import { stdoutColors } from "./reports/terminal";
import { duration } from "./simulate/parseOptions";
import { addLakeOptions, addTargetOptions } from "./target/targetOptions";
import type { ProbeCommandOptions } from "./verify/probeAction";
import type { VerifyCommandOptions } from "./verify/verifyAction";

const exitCodes = {
  0: "there are objects, and nothing is missing, corrupt or undelivered; with --errors, nothing failed; with --probe, every record was delivered",
  1: "something is missing, corrupt or undelivered, or nothing is there",
  2: "the pipeline cannot be read or written to, or an option is wrong",
  130: "the probe was interrupted",
};

/** `streamlake verify`: counts what was delivered on a day, or follows marked records to the bucket. */
export function verifyCommand(): Command {
  const command = new Command("verify").description(
    "Read the objects of one day in the data lake and count their records",
  );
  addLakeOptions(command)
    .option("--date <yyyy-MM-dd>", "day of arrival in that time zone (default: today)")
    .option("--input <file>", "compare with what was sent: count missing and duplicate records")
    .option("--errors", "group the failed records by cause; of all days without --date")
    .addOption(
      new Option(
        "--probe [records]",
        "send marked records (default: 3), wait for them in the bucket and print the latency",
      ).argParser(probeCount),
    )
    .option(
      "--probe-record <file>",
      "with --probe: file with a record, or a JSON object, with <probe> where the marker belongs",
    )
    .addOption(
      new Option(
        "--wait <time>",
        "with --probe: longest wait, e.g. 10m (default: what the buffer interval needs)",
      ).argParser(duration),
    )
    .option("--json", "print one JSON document");
  addExitCodes(addTargetOptions(command), exitCodes);
  return exitOnUsageError(command).action(async ({ probe: count, ...options }: VerifyOptions) => {
    if (count === undefined) {
      rejectProbeOptions(options);
      type Action = typeof import("./verify/verifyAction");
      const { verify } = await lazyImport<Action>(module, "./verify/verifyAction");
      const { report, exitCode } = await verify(options, stdoutColors());
      print(report);
      process.exitCode = exitCode;
      return;
    }
    rejectLakeOptions(options);
    type Action = typeof import("./verify/probeAction");
    const { probe } = await lazyImport<Action>(module, "./verify/probeAction");
    process.exitCode = await probe({ ...options, probe: count });
  });
}

type VerifyOptions = VerifyCommandOptions & Partial<ProbeCommandOptions>;

function probeCount(value: string): number {
  const records = Number(value);
  if (Number.isSafeInteger(records) && records >= 1 && records <= maximumProbe) return records;
  throw new InvalidArgumentError(`It must be a number of records from 1 to ${maximumProbe}.`);
}

/** Enough for all shards; each look at the bucket searches for all of them. */
const maximumProbe = 500;

function rejectProbeOptions({ probeRecord, wait }: VerifyOptions): void {
  if (probeRecord !== undefined || wait !== undefined)
    throw new Error("--probe-record and --wait belong to --probe: add it.");
}

function rejectLakeOptions(options: VerifyOptions): void {
  const names = ["bucket", "date", "input", "errors"] as const;
  const name = names.find((one) => options[one] !== undefined);
  if (name !== undefined)
    throw new Error(
      `--probe cannot be combined with --${name}: it sends records of its own and waits for them.`,
    );
}
