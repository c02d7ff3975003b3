import { decryptObjects } from "./bucketKey";
import { type PolicyDocument, policyDocument } from "./policyDocument";

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
