/** The parts of an ARN that a pipeline needs; `resource` is all that follows the account. */
export interface Arn {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly service: string;
  /** Empty for S3 and IAM, whose names are global in a partition. */
  readonly region: string;
  /** Twelve digits; empty for S3. */
  readonly account: string;
  /** e.g. `stream/user-events`, `role/FirehoseDeliveryRole`, `my-data-lake-bucket`. */
  readonly resource: string;
}

/**
 * Splits an ARN (`arn:partition:service:region:account:resource`).
 * Account, region and partition of a pipeline are taken from its own resources this way, so that
 * neither a look-up nor a hard-coded `arn:aws:` is needed.
 *
 * @throws Error when the text is no ARN.
 */
export function parseArn(text: string): Arn {
  const [prefix, partition, service, region, account, ...resource] = text.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined)
    throw new Error(`"${text}" is not an ARN: arn:partition:service:region:account:resource`);
  return { partition, service, region, account, resource: resource.join(":") };
}

/** The last part of an ARN's resource: the name of a stream, role or bucket. */
export function nameInArn(text: string): string {
  const { resource } = parseArn(text);
  return resource.slice(resource.lastIndexOf("/") + 1);
}

/**
 * ARN of a log group that need not exist yet. A key's policy has to name the log group before the
 * log group can be created with that key, so the ARN cannot be taken from the log group.
 *
 * @param siblingArn ARN of a stream or key in the log group's account and region
 */
export function logGroupArn(siblingArn: string, name: string): string {
  const { partition, region, account } = parseArn(siblingArn);
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
