import { Command, InvalidArgumentError } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import type { CleanOptions } from "./local/cleanAction";
import { exitOnUsageError } from "./options";

const details = `
A run that is in use stays, and so does one with records that are not
delivered, unless it is named or --all is specified.`;

const exitCodes = {
  0: "no run that should be removed stays",
  1: "a run that was named stays, or a run could not be removed",
  2: "a directory that was named is not that of a run, or an option is wrong",
};

/** `streamlake local clean`: removes what earlier runs have written. */
export function localCleanCommand(): Command {
  const command = new Command("clean")
    .description("Remove the directories of earlier runs")
    .argument("[directory...]", "runs to remove (default: all below .streamlake)")
    .option("--stack <name>", "only the runs of this stack")
    .option("--older-than <time>", "only runs that ended that long ago, e.g. 12h or 7d", age)
    .option("--all", "also runs with records that are not delivered")
    .option("--dry-run", "list the runs, and remove nothing")
    .option("--json", "print one JSON document")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".")
    .addHelpText("after", details);
  return exitOnUsageError(addExitCodes(command, exitCodes)).action(
    async (directories: string[], options: Omit<CleanOptions, "directories">) => {
      const misplaced = command.parent?.options.find(
        (option) => command.parent?.getOptionValueSource(option.attributeName()) === "cli",
      );
      if (misplaced) command.error(`error: specify ${misplaced.flags} after "clean"`);
      type Action = typeof import("./local/cleanAction");
      const { clean } = await lazyImport<Action>(module, "./local/cleanAction");
      process.exitCode = await clean({ ...options, directories });
    },
  );
}

const hoursIn: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 };

/** `30m`, `12h` or `7d`, as milliseconds. */
function age(argument: string): number {
  const [, count = "", unit = ""] = /^(\d+)(m|h|d)$/.exec(argument) ?? [];
  const hours = Number(count) * (hoursIn[unit] ?? NaN);
  if (Number.isNaN(hours))
    throw new InvalidArgumentError("It must be a time in m, h or d, e.g. 12h or 7d.");
  return hours * 60 * 60 * 1000;
}
