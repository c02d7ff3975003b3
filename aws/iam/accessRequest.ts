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
