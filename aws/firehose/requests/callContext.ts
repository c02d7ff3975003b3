import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest, Caller } from "../../iam/accessRequest";

/** A session of a role: who Firehose is in a call. */
export type RoleSession = Extract<Caller, { readonly roleArn: string }>;

/**
 * The condition keys that AWS sets in every call of a role's session.
 *
 * Source: IAM User Guide, "AWS global condition context keys".
 */
export function sessionContext({ roleArn }: RoleSession, region: string): AccessRequest["context"] {
  return {
    "aws:PrincipalAccount": parseArn(roleArn).account,
    "aws:PrincipalArn": roleArn,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": "AssumedRole",
    "aws:RequestedRegion": region,
    "aws:SecureTransport": "true",
  };
}
