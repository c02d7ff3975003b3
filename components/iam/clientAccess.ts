import { decryptObjects, encryptStream } from "./keyUse";
import { keyPattern } from "./objectPattern";
import { type PolicyDocument, policyDocument } from "./policyDocument";

export interface ProducerAccess {
  /** ARN of the Kinesis data stream to put records on. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent if AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * Permissions that an application needs to put records on one stream with an AWS SDK.
 *
 * Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys",
 * "Example producer permissions".
 */
export function producerAccess({ streamArn, keyArn }: ProducerAccess): PolicyDocument {
  return policyDocument(
    {
      Sid: "PutRecords",
      Effect: "Allow",
      // Putting records takes only the stream's name. Not included: describing the stream, as AWS's
      // tutorials do first, and listing shards, as the Kinesis Producer Library does.
      Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
      Resource: streamArn,
    },
    ...(keyArn === undefined ? [] : [encryptStream({ streamArn, keyArn })]),
  );
}

export interface ReaderAccess {
  /** ARN of the data lake's bucket. */
  readonly bucketArn: string;
  /** S3 prefix of all delivered objects, e.g. `raw/user-events/`; empty for the whole bucket. */
  readonly prefix: string;
  /** ARN of the customer-managed key of the bucket; absent if AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * Permissions that Athena, Spark or `aws s3 cp` needs to read the delivered objects, and no others.
 * If the bucket or key belongs to another account, its own policy must allow the reader too.
 *
 * Source: Amazon S3 User Guide, "Controlling access to a bucket with user policies", and Amazon
 * Athena User Guide, "Configure cross-account access in Athena to Amazon S3 buckets" (actions).
 */
export function readerAccess({ bucketArn, prefix, keyArn }: ReaderAccess): PolicyDocument {
  const keys = keyPattern(prefix);
  const objects = `${bucketArn}/${keys}`;
  return policyDocument(
    {
      Sid: "ReadObjects",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: objects,
    },
    {
      Sid: "ListObjects",
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucketArn,
      ...(prefix !== "" && { Condition: { StringLike: { "s3:prefix": keys } } }),
    },
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: "s3:GetBucketLocation",
      Resource: bucketArn,
    },
    ...(keyArn === undefined ? [] : [decryptObjects({ bucketArn, keyArn }, objects)]),
  );
}
