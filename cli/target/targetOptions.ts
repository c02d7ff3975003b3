import type { Command } from "commander";
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
