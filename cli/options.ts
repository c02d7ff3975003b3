import { type Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { NO_CACHE } from "../engine/runner/preload/cacheDirectory";
import { type Framework, FRAMEWORKS } from "./compliance/framework";
import { reportOutput } from "./output";
import { FAIL_ON, type FailOn } from "./reports/failOn";

/** Options of the commands that evaluate a policy pack. */
export interface PolicyOptions {
  /** Default: `policy` in the project, otherwise the installed `@streamlake/policy`. */
  readonly policyPack?: string;
  readonly policyConfig?: string;
  readonly sarif?: string;
  readonly markdown?: string;
  readonly exemptions?: readonly string[];
  /** Default: only mandatory violations. */
  readonly failOn?: readonly FailOn[];
  /** File with the findings that do not make the command fail. */
  readonly baseline?: string;
  readonly writeBaseline?: string;
  /** Report on this framework instead of the findings. */
  readonly compliance?: Framework;
  /** File for that report. */
  readonly complianceReport?: string;
}

export function addPolicyOptions(command: Command): Command {
  return command
    .option(
      "--policy-pack <dir>",
      "directory of the policy pack (default: policy, or the installed @streamlake/policy)",
    )
    .option(
      "--policy-config <file>",
      "JSON file with levels and settings of rules (default: config/<stack>.json of the pack)",
    )
    .addOption(
      new Option(
        "--exemptions <file>",
        "JSON file with exemptions, instead of the pack's own; can be repeated",
      ).argParser(collected),
    )
    .addOption(failOnOption())
    .option("--baseline <file>", "fail only for findings that are not in this file")
    .option("--write-baseline <file>", "write all findings to a file for --baseline")
    .option("--sarif <file>", "write the findings as SARIF 2.1.0, for code scanning")
    .option("--markdown <file>", "write a comment for a pull request")
    .addOption(
      new Option(
        "--compliance <framework>",
        "print what the rules show about each requirement of a framework, instead of the findings",
      ).choices(FRAMEWORKS),
    )
    .option(
      "--compliance-report <file>",
      "write that report to a file whose name ends with .html, .md or .json",
    );
}

function failOnOption(): Option {
  return new Option(
    "--fail-on <what>",
    "fail also for violations of this or a higher severity, or for undecided results; can be repeated",
  )
    .choices(FAIL_ON)
    .argParser((value, previous: readonly FailOn[] | undefined) => {
      const what = FAIL_ON.find((known) => known === value);
      if (what === undefined)
        throw new InvalidArgumentError(`Allowed choices are ${FAIL_ON.join(", ")}.`);
      return [...(previous ?? []), what];
    });
}

function collected(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** The option of the commands that run programs and packs; it applies to their processes as well. */
export function addCacheOption(command: Command): Command {
  return command
    .option("--no-cache", "use nothing that an earlier run has compiled, and keep nothing")
    .on("option:no-cache", () => {
      process.env[NO_CACHE] = "1";
    });
}

/** Options of the commands that call AWS, or an endpoint with the same API. */
export interface AwsOptions {
  /** Default: the region that the AWS SDK finds (AWS_REGION, profile). */
  readonly region?: string;
  /** Default: the endpoint of AWS. */
  readonly endpoint?: string;
  /** Of the AWS configuration. Default: the one that the AWS SDK finds. */
  readonly profile?: string;
}

export function addAwsOptions(command: Command): Command {
  return command
    .option("--region <region>", "AWS region (default: the stack's, or the AWS SDK's default)")
    .option("--profile <name>", "profile of the AWS configuration with the credentials")
    .option("--endpoint <url>", "URL to call instead of AWS, e.g. http://127.0.0.1:4567");
}

const commandOutput = {
  writeOut: (text: string) => {
    reportOutput().stdout.write(text);
  },
  writeErr: (text: string) => {
    reportOutput().stderr.write(text);
  },
};

/** Makes a usage error exit with 2: 1 is reserved for a negative result of a command. */
export function exitOnUsageError(command: Command): Command {
  return command.configureOutput(commandOutput).exitOverride(({ exitCode, code, message }) => {
    throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
  });
}
