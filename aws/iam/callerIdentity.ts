import type { Caller } from "./accessRequest";

/** Who calls, under all names by which a policy can mean it. */
export type CallerIdentity = ServiceIdentity | RoleSessionIdentity;

export interface ServiceIdentity {
  readonly kind: "service";
  /** As AWS calls it in a denial. */
  readonly name: string;
}

export interface RoleSessionIdentity {
  readonly kind: "role session";
  /** ARN of the session, as AWS calls it in a denial. */
  readonly name: string;
  readonly roleArn: string;
  readonly account: string;
  readonly accountArn: string;
}

/** @throws if the caller's `roleArn` is not the ARN of a role */
export function callerIdentity(caller: Caller): CallerIdentity {
  if ("service" in caller) return { kind: "service", name: caller.service };
  const { roleArn, sessionName } = caller;
  const form = /^arn:(?<partition>[^:]+):iam::(?<account>\d{12}):role\/(?:.+\/)?(?<role>[^/]+)$/u;
  const { partition, account, role } = form.exec(roleArn)?.groups ?? {};
  if (partition === undefined || account === undefined || role === undefined)
    throw new Error(`"${roleArn}" is not the ARN of a role.`);
  return {
    kind: "role session",
    // The path of a role is no part of its sessions' ARNs.
    name: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`,
    roleArn,
    account,
    accountArn: `arn:${partition}:iam::${account}:root`,
  };
}
