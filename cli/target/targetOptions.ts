import { type Command, Option } from "commander";
import { shellWord } from "../../records/shellWord";
import { addAwsOptions, type AwsOptions } from "../options";

/** Options that name a pipeline as a whole, deployed or local. */
export interface TargetOptions extends AwsOptions {
  /** With `local`, the stack of the run. */
  readonly stack?: string;
  /** File that `pulumi stack export` wrote. */
  readonly stackExport?: string;
  /** Directory of a local run; true for the latest one. */
  readonly local?: string | true;
  /** Of a local run that has several. */
  readonly deliveryStream?: string;
}

/** Whether the options name a pipeline as a whole. */
export function nameTarget({ stack, stackExport, local }: TargetOptions): boolean {
  return [stack, stackExport, local].some((option) => option !== undefined);
}

/**
 * The options that name the same pipeline for another command, to follow its name: " --local", for example.
 *
 * @returns undefined if they do not name a pipeline as a whole
 */
export function targetArguments(options: TargetOptions): string | undefined {
  if (!nameTarget(options)) return undefined;
  const { stack, stackExport, local, deliveryStream } = options;
  const words = [
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...(stackExport === undefined ? [] : ["--stack-export", stackExport]),
    ...(local === undefined ? [] : ["--local", ...(local === true ? [] : [local])]),
    ...(deliveryStream === undefined ? [] : ["--delivery-stream", deliveryStream]),
    ...awsWords(options, "--endpoint"),
  ];
  return words.map((word) => ` ${shellWord(word)}`).join("");
}

/**
 * The options that say where AWS is, as words.
 *
 * @param endpointOption what the command calls the endpoint
 */
export function awsWords(
  { region, profile, endpoint }: AwsOptions,
  endpointOption: "--endpoint" | "--endpoint-url",
): readonly string[] {
  return [
    ...(region === undefined ? [] : ["--region", region]),
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(endpoint === undefined ? [] : [endpointOption, endpoint]),
  ];
}

/** @param deliveryStream what `--delivery-stream` is, if it is more than a part of a local run */
export function addTargetOptions(
  command: Command,
  deliveryStream = "with --local: one of several delivery streams",
): Command {
  return addAwsOptions(
    command
      .option("--stack <name>", "deployed stack; its outputs are read with the Pulumi CLI")
      .option("--stack-export <file>", "deployed stack, as written by `pulumi stack export`")
      .option(
        "--local [directory]",
        "local run, up or ended (default: the latest one, with --stack that of this stack)",
      )
      .option("--delivery-stream <name>", deliveryStream),
  );
}

/** Options that describe a data lake which no stack and no local run describes. */
export function addLakeOptions(command: Command): Command {
  return command
    .option("--bucket <name>", "S3 bucket, instead of a stack or local run")
    .option("--prefix <prefix>", "with --bucket: the delivery stream's prefix, as configured")
    .option("--error-prefix <prefix>", "with --bucket: its error prefix (default: not read)")
    .option("--time-zone <zone>", "with --bucket: its time zone (default: UTC)")
    .addOption(
      new Option(
        "--delimiter <kind>",
        "with --bucket: what separates records (default: newline)",
      ).choices(["newline", "none"]),
    );
}
