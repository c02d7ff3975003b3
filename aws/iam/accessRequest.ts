/** One call to AWS, as IAM authorizes it. */
export interface AccessRequest {
  readonly caller: Caller;
  /** e.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN of the resource that the action applies to. */
  readonly resource: string;
  /**
   * Condition key -> value that AWS sets for the request, e.g. `aws:SecureTransport`. The case of
   * keys is ignored. An empty list means that AWS leaves the key out. `aws:PrincipalTag/*` stands for
   * all keys of the family that are not listed, and `*` for all keys. Other keys are unknown.
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
  readonly #unknown = new Map<string, string>();

  constructor(context: AccessRequest["context"]) {
    this.#values = new Map(
      Object.entries(context).map(([key, value]) => [
        key.toLowerCase(),
        typeof value === "string" ? [value] : value,
      ]),
    );
  }

  /** Empty if the key is absent; undefined if it is unknown whether it is, or which value it has. */
  values(key: string): readonly string[] | undefined {
    const name = key.toLowerCase();
    const values = this.#values.get(name) ?? this.#valuesOfFamily(name);
    // As it was written first; others differ in case only.
    if (!values && !this.#unknown.has(name)) this.#unknown.set(name, key);
    return values;
  }

  /** The unknown keys that were looked up, as they were written. */
  get unknownKeys(): readonly string[] {
    return [...this.#unknown.values()];
  }

  #valuesOfFamily(name: string): readonly string[] | undefined {
    const ends = [...name.matchAll(/[/:]/gu)].map(({ index }) => index + 1);
    const families = [0, ...ends].map((end) => `${name.slice(0, end)}*`).reverse();
    return families.map((family) => this.#values.get(family)).find((values) => values);
  }
}
