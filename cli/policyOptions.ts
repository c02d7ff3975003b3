import type { Command } from "commander";

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
