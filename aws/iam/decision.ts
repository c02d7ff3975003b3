/** IAM's answer to a request. */
export type Decision = Allowed | Denied | Undecided;

export interface Allowed {
  readonly outcome: "allowed";
  /** The grants that the request needed, e.g. one of a role policy and one of a key policy. */
  readonly grants: readonly Grant[];
}

export interface Denied {
  readonly outcome: "denied";
  /** AWS's denial message: caller, action, resource and reason. */
  readonly message: string;
}

/** The decision depends on a policy or a value that is unknown. */
interface Undecided {
  readonly outcome: "undecided";
  /** A clause, e.g. "the role arn:aws:iam::123456789012:role/existing is not declared here". */
  readonly reason: string;
}

/** One action on one resource, as a policy statement grants it. */
export interface Grant {
  /** Name of the policy, e.g. "role policy user-events-delivery". */
  readonly policy: string;
  /** Sid, or the statement's position, counted from 1. */
  readonly statement: string;
  /** As written, e.g. `s3:PutObject` or `s3:Put*`. */
  readonly action: string;
  /** As written; "*" if the statement has no Resource, as in a trust policy. */
  readonly resource: string;
}
