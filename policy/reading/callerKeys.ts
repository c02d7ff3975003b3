import { formOf } from "./fixedValue";

/**
 * Condition keys that identify the principal.
 * Sources: IAM User Guide, "AWS global condition context keys", and Amazon S3 User Guide, "The meaning
 * of 'public'", which both lists below follow.
 */
export const principalKeys = [
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:userid",
] as const;

/** Condition keys that identify on whose behalf a service calls. */
export const sourceKeys = [
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceOwner",
] as const;

/** Condition keys that identify the network, or the machine, from which a request comes. */
const networkKeys = [
  "aws:SourceIp",
  "aws:SourceVpc",
  "aws:SourceVpcArn",
  "aws:SourceVpce",
  "aws:VpceAccount",
  "aws:VpceOrgID",
  "aws:VpceOrgPaths",
  "ec2:SourceInstanceARN",
  "lambda:SourceFunctionArn",
  "ssm:SourceInstanceARN",
] as const;

/**
 * Condition keys of every service that restrict the callers. Not in the list, because anyone can meet
 * them: aws:Referer, aws:UserAgent, aws:SecureTransport, aws:PrincipalTag, aws:PrincipalType,
 * aws:username, aws:PrincipalIsAWSService, aws:ViaAWSService, aws:CalledVia, aws:VpcSourceIp,
 * and those of the resource, such as aws:ResourceOrgID.
 */
export const callerKeys: readonly string[] = [...principalKeys, ...sourceKeys, ...networkKeys];

/** Condition keys that restrict the callers of a bucket: the list of the S3 User Guide. */
export const bucketCallerKeys: readonly string[] = [
  ...callerKeys,
  "s3:DataAccessPointAccount",
  "s3:DataAccessPointArn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
];

/**
 * Condition keys that restrict the callers of a key. kms:ViaService does not: it restricts through
 * which service, and anyone can call that one. The encryption context is not a secret.
 * Source: AWS KMS Developer Guide, "kms:CallerAccount", "kms:ViaService" and "Encryption context".
 */
export const kmsCallerKeys: readonly string[] = [...callerKeys, "kms:CallerAccount"];

/** Whether a value of a condition key restricts callers. The key is in lower case. */
export type Restriction = (key: string, value: string) => boolean;

/** The restriction to fixed values of some condition keys. Keys are not case-sensitive. */
export function restrictionBy(keys: readonly string[]): Restriction {
  const forms = new Map(keys.map((key) => [key.toLowerCase(), formOf(key)]));
  return (key, value) => forms.get(key)?.(value) ?? false;
}
