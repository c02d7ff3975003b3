/** One call to AWS, as IAM authorizes it. */
export interface AccessRequest {
  readonly caller: Caller;
  /** e.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN of the resource that the action applies to. */
  readonly resource: string;
  /**
   * Condition key -> value that AWS sets for the request, e.g. `aws:SecureTransport`. The case of
   * keys is ignored; a key that is absent here is absent from the request.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** A role session, or an AWS service that calls as itself, e.g. `firehose.amazonaws.com`. */
export type Caller =
  { readonly roleArn: string; readonly sessionName: string } | { readonly service: string };

/** A caller with every name by which a policy can refer to it. */
export type CallerIdentity = ServiceIdentity | RoleSessionIdentity;

interface ServiceIdentity {
  readonly kind: "service";
  /** As in AWS's denial messages, e.g. `firehose.amazonaws.com`. */
  readonly name: string;
}

interface RoleSessionIdentity {
  readonly kind: "role session";
  /** ARN of the session, as in AWS's denial messages. */
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
    // The ARNs of sessions do not contain the path of the role.
    name: `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName}`,
    roleArn,
    account,
    accountArn: `arn:${partition}:iam::${account}:root`,
  };
}

/** The context of a request, looked up without regard to the case of condition keys. */
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
