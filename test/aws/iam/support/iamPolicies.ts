import type { AccessRequest } from "../../../../aws/iam/accessRequest";
import type { Allowed, Denied, Grant } from "../../../../aws/iam/decision";
import { type ApplyingPolicies, authorize } from "../../../../aws/iam/evaluation/authorize";
import type { IamPolicy } from "../../../../aws/iam/language/iamPolicy";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";

/** A statement as it is written in a policy document. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

export const account = "123456789012";
export const otherAccount = "210987654321";
export const roleArn = `arn:aws:iam::${account}:role/service/delivery`;
export const sessionArn = `arn:aws:sts::${account}:assumed-role/delivery/firehose`;
export const accountArn = `arn:aws:iam::${account}:root`;

export const bucketArn = "arn:aws:s3:::lake";
export const objectArn = `${bucketArn}/raw/2026/events-1.gz`;
export const keyArn = `arn:aws:kms:eu-central-1:${account}:key/k`;

/** A request of Firehose, in the role, to write an object. */
export const putObject: AccessRequest = {
  caller: { roleArn, sessionName: "firehose" },
  action: "s3:PutObject",
  resource: objectArn,
  context: {},
};

export const encrypt: AccessRequest = {
  ...putObject,
  action: "kms:GenerateDataKey",
  resource: keyArn,
};

export const assume: AccessRequest = {
  caller: { service: "firehose.amazonaws.com" },
  action: "sts:AssumeRole",
  resource: roleArn,
  context: { "sts:ExternalId": account },
};

export function policyJson(...statements: readonly WrittenStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function policy(name: string, ...statements: readonly WrittenStatement[]): IamPolicy {
  return readPolicy(name, policyJson(...statements));
}

/**
 * Authorizes within the account of the calling role, unless `resourceAccount` is another. The request has
 * no condition keys but those of its context.
 */
export function decide(
  request: AccessRequest,
  policies: Partial<ApplyingPolicies>,
): Allowed | Denied {
  const complete = { ...request, context: { "*": [], ...request.context } };
  const decision = authorize(complete, { resourceAccount: account, ...policies });
  if (decision.outcome === "undecided") throw new Error(decision.reason);
  return decision;
}

/** "allowed", or the reason at the end of the denial, starting with "because" or "with". */
export function outcome(request: AccessRequest, policies: Partial<ApplyingPolicies>): string {
  const decision = decide(request, policies);
  if (decision.outcome === "allowed") return "allowed";
  return /(?:because|with) .*$/u.exec(decision.message)?.[0] ?? "denied";
}

/** The grants that were needed; undefined for a denial. */
export function grantsFor(
  request: AccessRequest,
  policies: Partial<ApplyingPolicies>,
): readonly Grant[] | undefined {
  const decision = decide(request, policies);
  return decision.outcome === "allowed" ? decision.grants : undefined;
}

/** The policies of the grants that were needed. */
export function grantedBy(
  request: AccessRequest,
  policies: Partial<ApplyingPolicies>,
): readonly string[] | undefined {
  return grantsFor(request, policies)?.map((grant) => grant.policy);
}

/** A statement that allows `putObject`. */
export const put = { Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn}/*` };
export const denyPut = { ...put, Effect: "Deny" };

/** Identity-based policies that allow `putObject`. */
export const roleAllowsPut = [policy("role policy delivery", put)];

export const bucketPolicy = (...statements: readonly WrittenStatement[]): IamPolicy =>
  policy("bucket policy lake", ...statements);

/** A bucket policy that allows `putObject` to one AWS principal. */
export const bucketAllows = (AWS: string): IamPolicy =>
  bucketPolicy({ ...put, Principal: { AWS } });

/** The reason at the end of the denial if no policy of a kind allows `putObject`. */
export const noneAllowsPut = {
  identity: "because no identity-based policy allows the s3:PutObject action",
  boundary: "because no permissions boundary allows the s3:PutObject action",
  resource: "because no resource-based policy allows the s3:PutObject action",
} as const;
