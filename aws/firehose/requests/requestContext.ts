import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { RoleSession } from "./firehoseIdentity";

type Context = AccessRequest["context"];

/**
 * The condition keys of every request of a role session of Firehose, and those that AWS leaves out:
 * Firehose calls from no network of the customer, and sets no tags.
 *
 * Source: IAM User Guide, "AWS global condition context keys", under Availability.
 */
export function sessionContext({ roleArn }: RoleSession, region: string): Context {
  return {
    "aws:PrincipalAccount": parseArn(roleArn).account,
    "aws:PrincipalArn": roleArn,
    "aws:PrincipalIsAWSService": "false",
    "aws:PrincipalType": "AssumedRole",
    "aws:RequestedRegion": region,
    "aws:SecureTransport": "true",
    ...absent(
      ...["aws:FederatedProvider", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"],
      ...["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"],
      ...["aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpcSourceIp"],
      ...["aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"],
      ...["aws:Referer", "aws:RequestTag/*", "aws:TagKeys"],
      // Those of credentials that other services issue.
      ...["ec2:*", "ecs:*", "glue:*", "lambda:*", "ssm:*", "sts:*"],
    ),
  };
}

/** The same for a call that Firehose makes itself, not a service that it calls. */
export function directCallContext(session: RoleSession, region: string): Context {
  return {
    ...sessionContext(session, region),
    "aws:ViaAWSService": "false",
    ...absent("aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"),
  };
}

/** Condition keys that AWS leaves out of a request. */
export function absent(...keys: readonly string[]): Context {
  return Object.fromEntries(keys.map((key) => [key, []]));
}
