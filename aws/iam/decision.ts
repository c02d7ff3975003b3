/** What IAM says to a request. */
export type Decision = Allowed | Denied | Undecided;

export interface Allowed {
  readonly outcome: "allowed";
  /** The grants that were needed for it, e.g. one of a role's policy and one of a key's. */
  readonly grants: readonly Grant[];
}

export interface Denied {
  readonly outcome: "denied";
  /** In AWS's words: who is not authorized to do what on what, and why. */
  readonly message: string;
}

/** A policy that decides is not declared in the graph: nothing can be said. */
interface Undecided {
  readonly outcome: "undecided";
  /** Which one, e.g. "the role arn:aws:iam::123456789012:role/existing is not declared here". */
  readonly reason: string;
}

/** An action as a statement grants it. */
export interface Grant {
  /** Which policy: e.g. "role policy user-events-delivery". */
  readonly policy: string;
  /** Sid, or the statement's position from 1 on. */
  readonly statement: string;
  /** As written, e.g. `s3:PutObject` or `s3:Put*`. */
  readonly action: string;
  /** As written; "*" where the statement has no Resource, as in a trust policy. */
  readonly resource: string;
}
