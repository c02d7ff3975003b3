import { decryptObjects, encryptStream } from "./keyUse";
import { type PolicyDocument, policyDocument } from "./policyDocument";

export interface ProducerAccess {
  /** ARN of the Kinesis data stream to put records on. */
  readonly streamArn: string;
  /** ARN of the customer-managed key of the stream; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What an application needs to put records on one stream with an AWS SDK.
 *
 * Source: Kinesis Data Streams Developer Guide, "Permissions to use user-generated KMS keys",
 * "Example producer permissions".
 */
export function producerAccess({ streamArn, keyArn }: ProducerAccess): PolicyDocument {
  return policyDocument(
    {
      Sid: "PutRecords",
      Effect: "Allow",
      // To put records, the stream's name is enough. Describing it, as AWS's tutorials do first,
      // and listing shards, as the Kinesis Producer Library does, are not part of it.
      Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
      Resource: streamArn,
    },
    ...(keyArn === undefined ? [] : [encryptStream({ streamArn, keyArn })]),
  );
}

export interface ReaderAccess {
  /** ARN of the data lake's bucket. */
  readonly bucketArn: string;
  /**
   * What the keys of all delivered objects begin with, e.g. `raw/user-events/`; empty for the
   * whole bucket.
   */
  readonly folder: string;
  /** ARN of the customer-managed key of the bucket; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
}

/**
 * What Athena, Spark or `aws s3 cp` needs to read the delivered objects and nothing beside them.
 * When bucket or key belong to another account, their own policies have to let the reader in too.
 *
 * Source: Amazon S3 User Guide, "Controlling access to a bucket with user policies", and Amazon
 * Athena User Guide, "Configure cross-account access in Athena to Amazon S3 buckets" (actions).
 */
export function readerAccess({ bucketArn, folder, keyArn }: ReaderAccess): PolicyDocument {
  const inFolder = `${literal(folder)}*`;
  const objects = `${bucketArn}/${inFolder}`;
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
      ...(folder !== "" && { Condition: { StringLike: { "s3:prefix": inFolder } } }),
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

/**
 * Text that IAM takes as it stands: S3 allows its wildcards in keys, and a `*` in a prefix must not
 * open other folders.
 *
 * Source: IAM User Guide, "IAM policy elements: Variables and tags", on special characters.
 */
function literal(text: string): string {
  return text.replace(/[*?$]/g, (special) => `\${${special}}`);
}
