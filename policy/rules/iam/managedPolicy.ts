/** A managed policy, by its ARN. */
export interface ManagedPolicy {
  /** `aws` for a policy of AWS, otherwise an account id. */
  readonly owner: string;
  /** With its path: `service-role/AWSLambdaBasicExecutionRole`. */
  readonly name: string;
}

export function managedPolicyOf(arn: string): ManagedPolicy | undefined {
  const [, owner, name] = /^arn:aws[a-z-]*:iam::([^:]*):policy\/(.+)$/.exec(arn) ?? [];
  return owner === undefined || name === undefined ? undefined : { owner, name };
}

/** Whether a policy of AWS allows everything. */
export function isAdministration({ owner, name }: ManagedPolicy): boolean {
  return owner === "aws" && name === "AdministratorAccess";
}

/**
 * Policies of AWS that allow no more than one of the same purpose would, each with the reason. None
 * reads data or changes resources that the caller did not create.
 * Source: AWS Managed Policy Reference Guide, the page of each policy.
 */
const narrowPolicies: Readonly<Record<string, string>> = {
  "service-role/AWSLambdaBasicExecutionRole": "creates log groups and writes to them",
  "service-role/AWSLambdaVPCAccessExecutionRole":
    "as above, and manages network interfaces, whose ids do not exist before",
  "service-role/AWSAppSyncPushToCloudWatchLogs": "creates log groups and writes to them",
  "service-role/AmazonRDSEnhancedMonitoringRole": "uses only log groups whose names start with RDS",
  AWSXRayDaemonWriteAccess: "writes traces, with actions that accept no resource",
  AWSXrayWriteOnlyAccess: "writes traces, with actions that accept no resource",
};

/** Whether a managed policy of AWS is as narrow as a policy for one purpose. */
export function isNarrow(name: string): boolean {
  return Object.hasOwn(narrowPolicies, name);
}
