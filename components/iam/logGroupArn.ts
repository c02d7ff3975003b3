import { parseArn } from "./arn";

/**
 * ARN of a log group that need not exist yet. A key's policy has to name the log group before the
 * log group can be created with that key, so the ARN cannot be taken from the log group.
 *
 * @param neighbourArn ARN of a stream or key in the log group's account and region
 */
export function logGroupArn(neighbourArn: string, name: string): string {
  const { partition, region, account } = parseArn(neighbourArn);
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
