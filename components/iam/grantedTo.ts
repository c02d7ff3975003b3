import type { PolicyStatement } from "./policyDocument";

/** A statement of a role's policy as the policy of the bucket or key itself has to put it. */
export function grantedTo(roleArn: string, statement: PolicyStatement): PolicyStatement {
  const { Sid, Effect, ...rest } = statement;
  return { Sid, Effect, Principal: { AWS: roleArn }, ...rest };
}
