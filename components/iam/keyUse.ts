import { parseArn } from "./arn";
import { objectArns, wholeBucket } from "./objectPattern";
import type { PolicyConditions, PolicyStatement } from "./policyDocument";

/** A Kinesis data stream and the customer-managed key that it is encrypted with. */
export interface EncryptedStream {
  readonly streamArn: string;
  readonly keyArn: string;
}

/**
 * Statement of an identity policy: the use of the key that reading records requires.
 *
 * Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys".
 */
export function decryptStream(stream: EncryptedStream): PolicyStatement {
  return {
    Sid: "DecryptStream",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: stream.keyArn,
    Condition: forStream(stream),
  };
}

/**
 * Statement of an identity policy: the use of the key that writing records requires.
 *
 * Source: see {@link decryptStream}.
 */
export function encryptStream(stream: EncryptedStream): PolicyStatement {
  return {
    Sid: "EncryptStream",
    Effect: "Allow",
    Action: "kms:GenerateDataKey",
    Resource: stream.keyArn,
    Condition: forStream(stream),
  };
}

function forStream({ streamArn, keyArn }: EncryptedStream): PolicyConditions {
  return {
    StringEquals: {
      "kms:ViaService": viaService("kinesis", keyArn),
      "kms:EncryptionContext:aws:kinesis:arn": streamArn,
    },
  };
}

/** A bucket and the customer-managed key that its objects are encrypted with. */
export interface EncryptedBucket {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * Statement of an identity policy: the use of the key that writing objects requires. `kms:Decrypt`
 * is for multipart uploads.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3
 * destination", and Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket
 * Keys" (the encryption context).
 */
export function encryptObjects({
  beginnings = wholeBucket,
  ...bucket
}: EncryptedBucket & {
  /** Beginnings of the keys of all objects. Default: the whole bucket. */
  readonly beginnings?: readonly string[] | undefined;
}): PolicyStatement {
  return {
    Sid: "EncryptObjects",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: bucket.keyArn,
    Condition: forObjects(bucket, objectArns(bucket.bucketArn, beginnings)),
  };
}

/**
 * Statement of an identity policy: the use of the key that reading objects requires.
 *
 * Source: see {@link encryptObjects}.
 *
 * @param objects ARN pattern of the objects to read
 */
export function decryptObjects(bucket: EncryptedBucket, objects: string): PolicyStatement {
  return {
    Sid: "DecryptObjects",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: bucket.keyArn,
    Condition: forObjects(bucket, objects),
  };
}

function forObjects(
  { bucketArn, keyArn }: EncryptedBucket,
  objects: string | readonly string[],
): PolicyConditions {
  return {
    StringEquals: { "kms:ViaService": viaService("s3", keyArn) },
    // With an S3 Bucket Key, the encryption context is the bucket's ARN, without one it is the
    // object's. Allow both: otherwise, turning the Bucket Key on or off would stop the pipeline.
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, objects].flat() },
  };
}

/** A log group and the customer-managed key that it is encrypted with. */
export interface EncryptedLog {
  readonly logGroupArn: string;
  readonly keyArn: string;
}

/**
 * Statement of a key policy: allows CloudWatch Logs to use the key for one log group. Without it,
 * the log group cannot be created, and an IAM policy cannot replace it.
 *
 * Source: Amazon CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
export function allowLogsToUseKey(logGroupArn: string): PolicyStatement {
  return {
    Sid: "CloudWatchLogsUsesKey",
    Effect: "Allow",
    Principal: { Service: logsPrincipal(logGroupArn) },
    // AWS uses wildcards (`kms:ReEncrypt*` ...). Of the actions that they match, those for data key
    // pairs are left out: they are asymmetric, which CloudWatch Logs does not support.
    Action: [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
  };
}

/**
 * Statement of an identity policy: the use of the key that writing log events requires, since
 * CloudWatch Logs calls KMS on behalf of the writer.
 *
 * Source: see {@link allowLogsToUseKey} for `kms:ViaService`; the AWS managed policy
 * "CloudWatchLogsAPIKeyAccess" for the actions of a writer.
 */
export function encryptLogEvents({ logGroupArn, keyArn }: EncryptedLog): PolicyStatement {
  return {
    Sid: "EncryptLogEvents",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: keyArn,
    Condition: {
      StringEquals: { "kms:ViaService": viaService("logs", keyArn) },
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn },
    },
  };
}

/** The only service principal of a pipeline that depends on region and partition. */
function logsPrincipal(logGroupArn: string): string {
  const { partition, region } = parseArn(logGroupArn);
  return `logs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}

/**
 * The value of the condition key `kms:ViaService` for calls that `service` makes with a key. The
 * calls come from the key's own region, since a key cannot be used in another one. In China, where
 * the host names of services end in `.cn`, both spellings are allowed.
 *
 * Source: AWS KMS Developer Guide, "AWS KMS condition keys".
 */
export function viaService(
  service: "kinesis" | "logs" | "s3",
  keyArn: string,
): string | readonly string[] {
  const { partition, region } = parseArn(keyArn);
  const host = `${service}.${region}.amazonaws.com`;
  return partition === "aws-cn" ? [host, `${host}.cn`] : host;
}
