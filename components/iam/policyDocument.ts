/** An IAM policy document, as in the IAM JSON policy grammar. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  /** Purpose of the statement, e.g. `ReadStream`. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: PolicyConditions;
}

/** By operator, then by condition key: the values, one of which must match. */
export type PolicyConditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export function policyDocument(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** A statement of a role's policy as a statement of the bucket's or key's own policy. */
export function grantedTo(roleArn: string, statement: PolicyStatement): PolicyStatement {
  const { Sid, Effect, ...rest } = statement;
  return { Sid, Effect, Principal: { AWS: roleArn }, ...rest };
}
