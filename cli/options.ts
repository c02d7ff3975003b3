import { type Command, CommanderError } from "commander";

/** Options of the commands that let a policy pack judge a stack. */
export interface PolicyOptions {
  readonly policyPack: string;
  readonly policyConfig?: string;
  readonly sarif?: string;
  readonly markdown?: string;
}

export function addPolicyOptions(command: Command): Command {
  return command
    .option("--policy-pack <dir>", "folder of the policy pack", "policy")
    .option(
      "--policy-config <file>",
      "JSON file with levels and settings of policies (default: config/<stack>.json of the pack)",
    )
    .option("--sarif <file>", "write the violations in SARIF 2.1.0, for code-scanning pages")
    .option("--markdown <file>", "write a comment for a pull request");
}

/** Which AWS, or what stands in for it. */
export interface AwsOptions {
  /** Absent: as the AWS SDK finds it (AWS_REGION, profile). */
  readonly region?: string;
  /** Absent: AWS itself. */
  readonly endpoint?: string;
}

/** Adds `--region` and `--endpoint`. */
export function addAwsOptions(command: Command): Command {
  return command
    .option("--region <region>", "AWS region (default: the stack's, or as the AWS SDK finds it)")
    .option("--endpoint <url>", "URL to use in place of AWS, e.g. http://127.0.0.1:4567");
}

/** Makes wrong usage of a command a failure (2): 1 is taken by the command's own verdict. */
export function exitOnUsageError(command: Command): Command {
  return command.exitOverride(({ exitCode, code, message }) => {
    throw new CommanderError(exitCode === 0 ? 0 : 2, code, message);
  });
}
