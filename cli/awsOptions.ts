import type { Command } from "commander";

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
