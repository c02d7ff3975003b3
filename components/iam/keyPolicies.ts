import { parseArn } from "./arn";
import { decryptStream, encryptLogEvents, encryptObjects, allowLogsToUseKey } from "./keyUse";
import {
  grantedTo,
  type PolicyDocument,
  policyDocument,
  type PolicyStatement,
} from "./policyDocument";

export interface KeyPolicyOptions {
  /** ARN of the log group that is encrypted with the key, if any. */
  readonly logGroupArn?: string | undefined;
}

/**
 * Policy of the pipeline's own key. It delegates access to the IAM policies of the key's account,
 * where the roles of the pipeline get their permissions, limited to one stream and one bucket.
 * CloudWatch Logs is not a role of the account, so it gets its permissions here.
 *
 * Source: AWS KMS Developer Guide, "Default key policy". In a key policy, `Resource: "*"` means
 * the key that the policy is attached to.
 */
export function keyPolicy(keyArn: string, { logGroupArn }: KeyPolicyOptions = {}): PolicyDocument {
  const { partition, account } = parseArn(keyArn);
  return policyDocument(
    {
      Sid: "AccountDecidesByIam",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    ...(logGroupArn === undefined ? [] : [allowLogsToUseKey(logGroupArn)]),
  );
}

/** A bucket that Firehose writes to, and the role with which it does. */
interface EncryptedObjects {
  readonly bucketArn: string;
  readonly deliveryRoleArn: string;
  /** Beginnings of the keys of all objects. Default: the whole bucket. */
  readonly beginnings?: readonly string[] | undefined;
}

/** An existing key, what it encrypts, and the roles with which Firehose uses it. */
export interface ExistingKeyPolicy {
  readonly keyArn: string;
  /** The stream, if it is encrypted with the key. */
  readonly stream?: { readonly streamArn: string; readonly sourceRoleArn: string } | undefined;
  /** The bucket, if it is encrypted with the key. */
  readonly bucket?: EncryptedObjects | undefined;
  /** The bucket of the backup, if it is encrypted with the key. */
  readonly backup?: EncryptedObjects | undefined;
  /** The error log, if it is encrypted with the key. */
  readonly log?: { readonly logGroupArn: string; readonly deliveryRoleArn: string } | undefined;
}

/**
 * What the policy of an existing key must allow, in addition to its current statements. A key of
 * another account needs all of it; a key of the same account whose policy delegates access to IAM
 * only needs the statement for CloudWatch Logs. Producers and readers are not included, since the
 * pipeline does not define them: a key of another account must allow them too.
 *
 * Source: AWS KMS Developer Guide, "Allowing users in other accounts to use a KMS key". For the
 * sources of the statements, see `keyUse.ts`: the policies of the roles contain the same ones.
 */
export function existingKeyPolicy(existing: ExistingKeyPolicy): PolicyDocument {
  const { keyArn, stream, bucket, backup, log } = existing;
  return policyDocument(
    ...(stream === undefined
      ? []
      : [onThisKey(stream.sourceRoleArn, decryptStream({ ...stream, keyArn }))]),
    ...(bucket === undefined
      ? []
      : [onThisKey(bucket.deliveryRoleArn, encryptObjects({ ...bucket, keyArn }))]),
    ...(backup === undefined
      ? []
      : [
          {
            ...onThisKey(backup.deliveryRoleArn, encryptObjects({ ...backup, keyArn })),
            Sid: "BackupEncryptObjects",
          },
        ]),
    ...(log === undefined
      ? []
      : [
          onThisKey(log.deliveryRoleArn, encryptLogEvents({ ...log, keyArn })),
          allowLogsToUseKey(log.logGroupArn),
        ]),
  );
}

/** A statement of a role's policy as a statement of the key's own policy. */
function onThisKey(roleArn: string, statement: PolicyStatement): PolicyStatement {
  return { ...grantedTo(roleArn, statement), Resource: "*" };
}
