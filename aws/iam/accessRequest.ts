/** One call to AWS, as IAM judges it. */
export interface AccessRequest {
  readonly caller: Caller;
  /** e.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN of what the action is done to. */
  readonly resource: string;
  /**
   * What AWS says about the request, by condition key, e.g. `aws:SecureTransport`. Keys are told
   * apart without regard to case; a key that is absent here is absent in the request.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** A session of a role, or an AWS service in its own name, e.g. `firehose.amazonaws.com`. */
export type Caller =
  { readonly roleArn: string; readonly sessionName: string } | { readonly service: string };

/** Who calls, under all names by which a policy can mean it. */
export type CallerIdentity = ServiceIdentity | RoleSessionIdentity;

interface ServiceIdentity {
  readonly kind: "service";
  /** As AWS calls it in a denial. */
  readonly name: string;
}

interface RoleSessionIdentity {
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

/** The context of a request; condition keys are told apart without regard to case. */
export class RequestContext {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(context: AccessRequest["context"]) {
    this.#values = new Map(
      Object.entries(context).map(([key, value]) => [
        key.toLowerCase(),
        typeof value === "string" ? [value] : value,
      ]),
    );
  }

  /** Empty if the key is absent. */
  values(key: string): readonly string[] {
    return this.#values.get(key.toLowerCase()) ?? [];
  }
}
