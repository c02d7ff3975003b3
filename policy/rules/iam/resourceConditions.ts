import type { Condition, Statement } from "../../reading/policyStatement";
import { allOf, anyOf, type Decision, not, UNKNOWN } from "../../reading/value";
import { isOnlyWildcards } from "../../reading/wildcard";

/**
 * Condition keys that say which resources a request is about. kms:ViaService and the like say how the
 * request is made, so that they leave every resource within reach. Sources: IAM User Guide, "AWS global
 * condition context keys", "Properties of the resource"; Service Authorization Reference, by service.
 */
const resourceKeys: ReadonlySet<string> = new Set(
  [
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "dynamodb:LeadingKeys",
    "ec2:InstanceID",
    "ec2:Vpc",
    "ecs:cluster",
    "ecs:service",
    "kms:RequestAlias",
    "kms:ResourceAliases",
    "lambda:FunctionArn",
    "payment-cryptography:ResourceAliases",
    "rds:Vpc",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
    "s3:ResourceAccount",
    "s3tables:namespace",
    "s3tables:tableName",
    "secretsmanager:SecretId",
    "vpc-lattice:ServiceArn",
    "vpc-lattice:ServiceNetworkArn",
    "vpc-lattice:VpcId",
  ].map((key) => key.toLowerCase()),
);

/** Tags of the resource, not of request or principal: `aws:ResourceTag/team`, `rds:db-tag/team`. */
const resourceTagKey = /^[a-z0-9-]+:(?!req|principal|search|created)[a-z-]*Tag\/./i;

/** Tags that the request gives to a resource. */
const requestTagKey = /^aws:RequestTag\/./i;

/** Without IfExists and ForAllValues, which also match a request that lacks the key. */
const restrictingOperator =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/i;

/** Whether the conditions of a statement leave only some of the resources that its Resource covers. */
export function narrowsResources({ conditions }: Statement): Decision {
  const names = (key: string): boolean =>
    resourceKeys.has(key.toLowerCase()) || resourceTagKey.test(key);
  return conditions === UNKNOWN ? UNKNOWN : anyOf(conditions.map((one) => restricts(one, names)));
}

/** Whether the conditions of a statement leave only requests that give chosen tags to a resource. */
export function narrowsRequestTags({ conditions }: Statement): Decision {
  const names = (key: string): boolean => requestTagKey.test(key);
  return conditions === UNKNOWN ? UNKNOWN : anyOf(conditions.map((one) => restricts(one, names)));
}

function restricts(
  { operator, key, values }: Condition,
  names: (key: string) => boolean,
): Decision {
  return allOf([
    restrictingOperator.test(operator),
    names(key),
    values.length > 0,
    not(anyOf(values.map((value) => (value === UNKNOWN ? UNKNOWN : isOnlyWildcards(value))))),
  ]);
}
