import type { PolicyConditions, PolicyStatement } from "./policyDocument";
import { viaService } from "./viaService";

/** A bucket and the customer-managed key that its objects are encrypted with. */
export interface EncryptedBucket {
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * The use of the key that writing objects takes; `kms:Decrypt` is for uploads in parts.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3
 * destination", and Amazon S3 User Guide, "Reducing the cost of SSE-KMS with Amazon S3 Bucket
 * Keys" (the encryption context).
 */
export function encryptObjects(bucket: EncryptedBucket): PolicyStatement {
  return {
    Sid: "EncryptObjects",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: bucket.keyArn,
    Condition: onlyFor(bucket, `${bucket.bucketArn}/*`),
  };
}

/**
 * The use of the key that reading objects takes. Source: as for {@link encryptObjects}.
 *
 * @param objects ARN pattern of the objects to read
 */
export function decryptObjects(bucket: EncryptedBucket, objects: string): PolicyStatement {
  return {
    Sid: "DecryptObjects",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: bucket.keyArn,
    Condition: onlyFor(bucket, objects),
  };
}

function onlyFor({ bucketArn, keyArn }: EncryptedBucket, objects: string): PolicyConditions {
  return {
    StringEquals: { "kms:ViaService": viaService("s3", keyArn) },
    // With an S3 Bucket Key the encryption context is the bucket's ARN, without one it is the
    // object's: name both, or switching the Bucket Key stops the pipeline.
    StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, objects] },
  };
}
