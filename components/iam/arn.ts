/** The parts of an ARN; `resource` is everything after the account. */
export interface Arn {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly service: string;
  /** Empty for S3 and IAM, whose names are global in a partition. */
  readonly region: string;
  /** 12 digits; empty for S3. */
  readonly account: string;
  /** e.g. `stream/user-events`, `role/FirehoseDeliveryRole`, `my-data-lake-bucket`. */
  readonly resource: string;
}

/**
 * Splits an ARN (`arn:partition:service:region:account:resource`).
 * A pipeline takes its account, region and partition from the ARNs of its resources, so that it
 * needs neither a lookup nor a hard-coded `arn:aws:`.
 *
 * @throws Error if the string is not an ARN
 */
export function parseArn(arn: string): Arn {
  const [prefix, partition, service, region, account, ...resource] = arn.split(":");
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined)
    throw new Error(`"${arn}" is not an ARN: arn:partition:service:region:account:resource`);
  return { partition, service, region, account, resource: resource.join(":") };
}

/** The last part of an ARN's resource: the name of a stream, role or bucket. */
export function nameInArn(arn: string): string {
  const { resource } = parseArn(arn);
  return resource.slice(resource.lastIndexOf("/") + 1);
}

/**
 * ARN of a log group that need not exist yet. The log group can only be created after the policy of
 * its key allows it, so the ARN in that policy cannot come from the log group.
 *
 * @param siblingArn ARN of a stream or key in the account and region of the log group
 */
export function logGroupArn(siblingArn: string, name: string): string {
  const { partition, region, account } = parseArn(siblingArn);
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}
