import { parseArn } from "./arn";
import { decryptStream, encryptLogEvents, encryptObjects, letLogsUseKey } from "./keyUse";
import {
  grantedTo,
  type PolicyDocument,
  policyDocument,
  type PolicyStatement,
} from "./policyDocument";

export interface KeyPolicyOptions {
  /** ARN of the log group that is encrypted with the key, if there is one. */
  readonly logGroupArn?: string | undefined;
}

/**
 * Leaves access to the key to the IAM policies of its own account: the roles of the pipeline get
 * what they need there, bound to one stream and one bucket. CloudWatch Logs is no role of the
 * account, so it is let in here.
 *
 * Source: AWS KMS Developer Guide, "Default key policy". In a key policy, `Resource: "*"` means
 * the key that the policy hangs on.
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
    ...(logGroupArn === undefined ? [] : [letLogsUseKey(logGroupArn)]),
  );
}

/** An existing key, what it encrypts of the pipeline, and the role that Firehose uses it as. */
export interface ExistingKeyPolicy {
  readonly keyArn: string;
  /** The stream, when it is encrypted with the key. */
  readonly stream?: { readonly streamArn: string; readonly sourceRoleArn: string } | undefined;
  /** The bucket, when it is encrypted with the key. */
  readonly bucket?: { readonly bucketArn: string; readonly deliveryRoleArn: string } | undefined;
  /** The error log, when it is encrypted with the key. */
  readonly log?: { readonly logGroupArn: string; readonly deliveryRoleArn: string } | undefined;
}

/**
 * What the policy of an existing key has to allow, beside what it says already. A key of another
 * account needs all of it; a key of the same account whose policy leaves access to IAM needs
 * nothing but the statement for CloudWatch Logs. Producers and readers are not in it, since the
 * pipeline does not know who they are: a key of another account has to let them in as well.
 *
 * Source: AWS KMS Developer Guide, "Allowing users in other accounts to use a KMS key". The
 * statements are those of the roles' own policies, where their sources are named.
 */
export function existingKeyPolicy(existing: ExistingKeyPolicy): PolicyDocument {
  const { keyArn, stream, bucket, log } = existing;
  return policyDocument(
    ...(stream === undefined
      ? []
      : [onThisKey(stream.sourceRoleArn, decryptStream({ ...stream, keyArn }))]),
    ...(bucket === undefined
      ? []
      : [onThisKey(bucket.deliveryRoleArn, encryptObjects({ ...bucket, keyArn }))]),
    ...(log === undefined
      ? []
      : [
          onThisKey(log.deliveryRoleArn, encryptLogEvents({ ...log, keyArn })),
          letLogsUseKey(log.logGroupArn),
        ]),
  );
}

/** In a key policy, `Resource: "*"` means the key that the policy hangs on. */
function onThisKey(roleArn: string, statement: PolicyStatement): PolicyStatement {
  return { ...grantedTo(roleArn, statement), Resource: "*" };
}
