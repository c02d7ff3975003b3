import { Command, InvalidArgumentError, Option } from "commander";
import { addExitCodes } from "./exitCodes";
import { lazyImport } from "./lazyImport";
import type { LocalOptions } from "./local/localAction";
import { tableFile, tableHelp } from "./local/tableOption";
import { localCleanCommand } from "./localClean";
import { addCacheOption, exitOnUsageError } from "./options";

const endings = `
Ctrl-C, SIGTERM, SIGHUP and the end of the input end a run: it delivers
everything that was accepted, prints what was received, delivered and missing,
and how to continue if something is missing. A second Ctrl-C ends it at once.`;

const exitCodes = {
  0: "everything that was accepted is delivered, also after the Ctrl-C that ends --keep or --ui",
  1: "something is not, damaged files cost records, or a part of the input was not accepted",
  2: "the run cannot start, or an option is wrong",
  130: "the run was interrupted before its whole input was sent",
};

/** `streamlake local`: runs a stack on this machine. */
export function localCommand(): Command {
  const command = new Command("local")
    .description("Run a stack locally and send records through it")
    .option("--stack <name>", "stack to run (default: the selected stack, or the only one)")
    .option(
      "--input <file>",
      "records to send, one per line; - reads standard input (default: " +
        "sample events, or no input with --keep or --resume)",
    )
    .option("--keep", "keep running after the input, until Ctrl-C; print what arrives")
    .option("--ui", "serve a page that shows the run, and keep running until Ctrl-C")
    .option("--resume <directory>", "deliver what an earlier run accepted but did not deliver")
    .addOption(
      new Option(
        "--lambda <name=file>",
        "run this module or directory, which exports handler, in place of a function of AWS; can be repeated",
      ).argParser(givenFunctions),
    )
    .option("--interval <seconds>", "shorten a longer buffer interval for this run", seconds)
    .option(
      "--port <number>",
      "port of Kinesis; S3 has the next one and Firehose the one after it (default: any free ones)",
      port,
    )
    .option("--table <database.table=file>", tableHelp, tableFile)
    .option("--json", "print the result as JSON; everything else goes to standard error")
    .option("--throttle", "reject what exceeds the throughput of a shard, as Kinesis does")
    .option("--fsync", "acknowledge a record only when it is on the disk, safe from a power cut")
    .option("-C, --cwd <dir>", "run as if started in this directory", ".")
    .addHelpText("after", endings)
    .enablePositionalOptions()
    .addCommand(localCleanCommand());
  addExitCodes(addCacheOption(command), exitCodes);
  return exitOnUsageError(command).action(async (options: LocalOptions) => {
    type Action = typeof import("./local/localAction");
    const { local } = await lazyImport<Action>(module, "./local/localAction");
    process.exitCode = await local(options);
  });
}

function givenFunctions(
  argument: string,
  previous: LocalOptions["lambda"] = [],
): LocalOptions["lambda"] {
  const equals = argument.indexOf("=");
  const [name, path] = [argument.slice(0, Math.max(0, equals)), argument.slice(equals + 1)];
  // Lambda API, CreateFunction: the characters of a name.
  if (!/^[a-zA-Z0-9_-]{1,64}$/u.test(name) || path === "")
    throw new InvalidArgumentError(
      "It must be the name of a function and a file or directory, e.g. redact=functions/redact.mjs.",
    );
  if (previous.some((one) => one.name === name))
    throw new InvalidArgumentError(`The function ${name} is given twice.`);
  return [...previous, { name, path }];
}

/** Firehose allows buffer intervals from 0 to 900 s (API BufferingHints). */
function seconds(argument: string): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value > 900)
    throw new InvalidArgumentError("It must be a whole number of seconds from 0 to 900.");
  return value;
}

/** The run also uses the two ports after it. */
const maxPort = 65_533;

function port(argument: string): number {
  const value = Number(argument);
  if (!/^\d+$/.test(argument) || value < 1 || value > maxPort)
    throw new InvalidArgumentError(
      `It must be a whole number from 1 to ${maxPort}: the run also uses the two ports after it.`,
    );
  return value;
}
