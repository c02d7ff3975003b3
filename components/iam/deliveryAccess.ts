import { encryptObjects } from "./bucketKey";
import { type BucketWriting, bucketWriting } from "./bucketWriting";
import { type EncryptedLog, encryptLogEvents } from "./logKey";
import { type PolicyDocument, policyDocument } from "./policyDocument";

export interface DeliveryAccess extends BucketWriting {
  /** ARN of the log stream for delivery errors. */
  readonly logStreamArn: string;
  /** ARN of the customer-managed key of the bucket; absent when AWS manages the key. */
  readonly keyArn?: string | undefined;
  /** The error log's group and customer-managed key; absent when the log has none. */
  readonly encryptedLog?: EncryptedLog | undefined;
}

/**
 * What Firehose needs to write objects to one bucket and its errors to one log stream.
 *
 * Source: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination".
 */
export function deliveryAccess(access: DeliveryAccess): PolicyDocument {
  const { bucketArn, foreignBucket, logStreamArn, keyArn, encryptedLog } = access;
  return policyDocument(
    ...bucketWriting({ bucketArn, foreignBucket }),
    ...(keyArn === undefined ? [] : [encryptObjects({ bucketArn, keyArn })]),
    {
      Sid: "LogErrors",
      Effect: "Allow",
      Action: "logs:PutLogEvents",
      Resource: logStreamArn,
    },
    ...(encryptedLog === undefined ? [] : [encryptLogEvents(encryptedLog)]),
  );
}
